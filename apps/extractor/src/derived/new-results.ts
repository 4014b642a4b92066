import type { Derived, DerivedRepository, NewPack } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';

export interface NewResult {
  sha256: string;
  recipe: string;
  shape: number[];
  facts: object;
  bytes: Uint8Array;
}

/** Results up to this size stand in their rows. */
const bytesInRow = 4_096;

/** Keeps what a task computed, in one statement: small results in rows, all large ones together as one blob. */
export async function keepResults(
  results: readonly NewResult[],
  workspaceId: string,
  derived: DerivedRepository,
  store: BlobStore,
): Promise<void> {
  if (results.length === 0) return;
  const large = results.filter(({ bytes }) => bytes.length > bytesInRow);
  const packs: NewPack[] = large.length > 0 ? [await store.put(workspaceId, Buffer.concat(large.map(({ bytes }) => bytes)))] : [];
  let start = 0;
  const rows = results.map(({ bytes, ...result }): Derived => {
    if (bytes.length <= bytesInRow) return { ...result, place: { bytes } };
    const place = { pack: packs[0]!.sha256, start, length: bytes.length };
    start += bytes.length;
    return { ...result, place };
  });
  await derived.keep(rows, packs);
}
