import { EarshotError, float32Of } from '@earshot/contracts';
import type { BlobStore } from './blob-store.js';
import { type Place, readPlace } from './read-part.js';

/**
 * A vector of `length` numbers that was kept. Null where it is lost or damaged: one must not stop all others. That the store is away may
 * pass, and is thrown.
 */
export async function readVector(store: BlobStore, workspaceId: string, place: Place, length: number): Promise<Float32Array | null> {
  const bytes = await bytesOf(store, workspaceId, place);
  if (bytes?.length !== length * Float32Array.BYTES_PER_ELEMENT) return null;
  const values = float32Of(bytes);
  return values.every(Number.isFinite) ? values : null;
}

/** Null where the pack is lost, or ends before the part. */
async function bytesOf(store: BlobStore, workspaceId: string, place: Place): Promise<Uint8Array | null> {
  try {
    return await readPlace(store, workspaceId, place);
  } catch (error) {
    if (error instanceof EarshotError && (error.code === 'BLOB_LOST' || error.code === 'RANGE_NOT_SATISFIABLE')) return null;
    throw error;
  }
}
