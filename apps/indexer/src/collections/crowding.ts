import type { IndexEntries } from '@earshot/database';
import { crowding, crowdingNeighbours } from '@earshot/learning';
import type { Collection, VectorRow } from '@earshot/vectors';

const rowsOfPage = 100;

/** How near each of the rows lies to its neighbours in the collection, kept with its entry: searches rank their hits by it. */
export async function keepCrowding(entries: IndexEntries, collection: Collection, rows: readonly VectorRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsOfPage) {
    const page = rows.slice(start, start + rowsOfPage);
    const found = await collection.nearestOfEach(
      page.map(({ vector }) => vector),
      crowdingNeighbours + 1,
    );
    const measured = page.map(({ id }, i) => {
      const others = (found[i] ?? []).filter((neighbour) => neighbour.id !== id).slice(0, crowdingNeighbours);
      return { clipId: id, crowding: crowding(others.map(({ distance }) => 1 - distance)) };
    });
    await entries.keepCrowding(measured);
  }
}

/** The same for all that a collection has, once it has them all; those that are known stay as they are. */
export async function keepAllCrowding(entries: IndexEntries, collection: Collection, onPage: () => Promise<void>): Promise<void> {
  for (let after: string | null = null; ; ) {
    const ids: string[] = await entries.withoutCrowding(after, rowsOfPage);
    const last = ids.at(-1);
    if (last === undefined) return;
    await keepCrowding(entries, collection, await collection.vectorsOf(ids));
    await onPage();
    after = last;
  }
}
