import type { IndexEntries, IndexEntryRow } from '@earshot/database';
import type { Collection } from '@earshot/vectors';

const rowsOfPage = 5_000;

/** The ids of a collection that no entry of its index version has applied. */
export async function strangersIn(collection: Collection, entries: IndexEntries): Promise<string[]> {
  const strangers = new Set<string>();
  for await (const page of collection.ids()) for (const id of page) strangers.add(id);
  for (let after: string | null = null; ; ) {
    const page: IndexEntryRow[] = await entries.all(after, rowsOfPage);
    const last = page.at(-1);
    if (last === undefined) return [...strangers];
    for (const { clipId, wanted, revision, appliedRevision } of page) if (wanted && appliedRevision === revision) strangers.delete(clipId);
    after = last.clipId;
  }
}
