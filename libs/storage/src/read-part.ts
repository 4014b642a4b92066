import { buffer } from 'node:stream/consumers';
import type { BlobRef, BlobStore, ByteRange } from './blob-store.js';

/** A part of a blob, all of it in memory: for small parts only. */
export async function readPart(store: BlobStore, ref: BlobRef, range: ByteRange): Promise<Uint8Array> {
  return buffer(await store.read(ref, range));
}

/** Where a small result is kept: by itself, or as a part of a blob that holds many. */
export type Place = { bytes: Uint8Array } | { pack: string; start: number; length: number };

export async function readPlace(store: BlobStore, workspaceId: string, place: Place): Promise<Uint8Array> {
  if ('bytes' in place) return place.bytes;
  const { pack: sha256, start, length } = place;
  return readPart(store, { workspaceId, sha256 }, { start, end: start + length - 1 });
}
