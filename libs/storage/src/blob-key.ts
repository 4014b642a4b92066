// The only place that makes paths and object keys. Both parts are checked to be hexadecimal, so no input can name anything else.
import { EarshotError } from '@earshot/contracts';
import type { BlobRef } from './blob-store.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const sha256Hex = /^[0-9a-f]{64}$/;

/** `<workspaceId>/<first two digits>/<sha256>`, the path in a folder and the key in S3. */
export function blobKey({ workspaceId, sha256 }: BlobRef): string {
  checkWorkspaceId(workspaceId);
  if (!isSha256(sha256)) throw new EarshotError('INTERNAL', `not a SHA-256: ${JSON.stringify(sha256).slice(0, 100)}`);
  return `${workspaceId}/${sha256.slice(0, 2)}/${sha256}`;
}

/** The blob that a key names; null for whatever else lies in the folder or bucket. */
export function parseBlobKey(key: string): BlobRef | null {
  const [workspaceId = '', shard, sha256 = '', ...rest] = key.split('/');
  const isBlob =
    rest.length === 0 && isWorkspaceId(workspaceId) && isSha256(sha256) && sha256.startsWith(`${shard}`) && shard?.length === 2;
  return isBlob ? { workspaceId, sha256 } : null;
}

export function checkWorkspaceId(workspaceId: string): void {
  if (!isWorkspaceId(workspaceId)) throw new EarshotError('INTERNAL', `not a workspace id: ${JSON.stringify(workspaceId).slice(0, 100)}`);
}

export function isWorkspaceId(text: string): boolean {
  return uuid.test(text);
}

function isSha256(text: string): boolean {
  return sha256Hex.test(text);
}
