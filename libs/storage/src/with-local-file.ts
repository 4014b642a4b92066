import type { BlobRef, BlobStore } from './blob-store.js';

/** Lends a blob as a file while `use` runs. */
export async function withLocalFile<Result>(
  store: Pick<BlobStore, 'localFile'>,
  ref: BlobRef,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  const { path, release } = await store.localFile(ref);
  try {
    return await use(path);
  } finally {
    await release();
  }
}
