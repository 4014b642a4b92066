import { EarshotError } from '@earshot/contracts';
import type { Derived, Workspace } from '@earshot/database';
import { type BlobStore, readPart } from '@earshot/storage';

/** The bytes of a kept result. Null: they are lost, and forgotten, so that the next job computes them again. */
export async function derivedBytes(workspace: Workspace, store: BlobStore, result: Derived): Promise<Uint8Array | null> {
  if ('bytes' in result.place) return result.place.bytes;
  const { pack: sha256, start, length } = result.place;
  try {
    return await readPart(store, { workspaceId: workspace.id, sha256 }, { start, end: start + length - 1 });
  } catch (error) {
    if (!(error instanceof EarshotError && error.code === 'BLOB_LOST')) throw error;
    await workspace.derived.discard([result]);
    return null;
  }
}
