import type { ClipResource } from '@earshot/contracts';
import type { ClipRow } from '@earshot/database';

export function clipResource({ id, filename, sizeBytes, sha256, createdAt }: ClipRow): ClipResource {
  const self = `/api/v1/clips/${id}`;
  return { id, filename, sizeBytes, sha256, createdAt: createdAt.toISOString(), links: { self, audio: `${self}/audio` } };
}
