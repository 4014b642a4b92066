import { buffer } from 'node:stream/consumers';
import type { BlobRef, BlobStore, ByteRange } from './blob-store.js';

/** A part of a blob, all of it in memory: for small parts only. */
export async function readPart(store: BlobStore, ref: BlobRef, range: ByteRange): Promise<Uint8Array> {
  return buffer(await store.read(ref, range));
}
