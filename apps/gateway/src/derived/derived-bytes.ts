import { EarshotError } from '@earshot/contracts';
import type { Derived, Workspace } from '@earshot/database';
import { type BlobStore, readPlace } from '@earshot/storage';

/** The bytes of a kept result. Null: they are lost, and forgotten, so that the next job computes them again. */
export async function derivedBytes(workspace: Workspace, store: BlobStore, result: Derived): Promise<Uint8Array | null> {
  try {
    return await readPlace(store, workspace.id, result.place);
  } catch (error) {
    if (!(error instanceof EarshotError && error.code === 'BLOB_LOST')) throw error;
    await workspace.derived.discard([result]);
    return null;
  }
}
