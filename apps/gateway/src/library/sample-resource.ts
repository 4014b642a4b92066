import type { SampleResource } from '@earshot/contracts';
import type { SampleRow } from '@earshot/database';

export function sampleResource({ addedAt, updatedAt, ...row }: SampleRow): SampleResource {
  const { clipId } = row;
  return {
    clipId,
    filename: row.filename,
    sha256: row.sha256,
    sizeBytes: row.sizeBytes,
    genre: row.genre,
    group: row.group,
    tags: row.tags,
    licence: row.licence,
    author: row.author,
    source: row.source,
    url: row.url,
    durationSeconds: row.durationSeconds,
    metadata: row.metadata,
    revision: row.revision,
    addedAt: addedAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    links: { self: `/api/v1/library/clips/${clipId}`, clip: `/api/v1/clips/${clipId}`, audio: `/api/v1/clips/${clipId}/audio` },
  };
}

/** Changes whenever the resource does: one that was taken out and added again counts anew, and a duration is measured without a change. */
export function sampleTag({ clipId, addedAt, revision, durationSeconds }: SampleRow): string {
  return `"${clipId}.${addedAt.getTime()}.${revision}.${durationSeconds ?? ''}"`;
}
