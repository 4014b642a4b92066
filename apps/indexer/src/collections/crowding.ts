import { type Database, IndexEntries, IndexUpkeep, type IndexVersionRow, IndexVersions } from '@earshot/database';
import { crowding, crowdingNeighbours, getEmbedder } from '@earshot/learning';
import type { Collection, VectorRow, VectorStore } from '@earshot/vectors';

const rowsOfPage = 100;

/** Beside searches, which wait for what Chroma works on. */
const rowsBesideSearches = 20;

/** Where samples come all the time, it rests for so many times as long as a pass took. */
const restTimes = 10;

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

/**
 * The crowding of all that a collection has. Each sample that comes or goes changes that of others, so it is measured again from the first
 * to the last whenever the collection has another mark: how a library is ranked depends on what is in it, not on what came first.
 */
export class Crowding {
  /** By the id of the index version: when a pass began and at which mark, and the last clip that was measured since. */
  private readonly passes = new Map<string, { mark: number; startMs: number; after: string | null }>();
  /** By the same, until when none begins again. */
  private readonly rests = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly vectors: VectorStore,
  ) {}

  /** Of a collection that has just been filled. Those that are known stay as they are, so that whoever was killed goes on from there. */
  async measureLacking(version: IndexVersionRow, collection: Collection, onPage: () => Promise<void>): Promise<void> {
    const entries = new IndexEntries(this.database, version.id);
    const { mark } = await new IndexVersions(this.database, version.workspaceId).get(version.id);
    let measured = 0;
    for (let after: string | null = null; ; await onPage()) {
      const ids: string[] = await entries.applied(after, rowsOfPage, { lacking: true });
      after = ids.at(-1) ?? null;
      if (after === null) break;
      await keepCrowding(entries, collection, await collection.vectorsOf(ids));
      measured += ids.length;
    }
    const isAll = measured === (await entries.counts()).applied;
    if (isAll) await new IndexUpkeep(this.database).keepCrowdingMark(version.id, mark);
  }

  /** Measures again what is as of an older mark, until the moment `untilMs`; the next call goes on from there. True: there is nothing left to do. */
  async measureAgain(version: IndexVersionRow, untilMs = Number.POSITIVE_INFINITY): Promise<boolean> {
    const { id, mark, crowdingMark, collection: name } = version;
    if (mark === crowdingMark || !getEmbedder(version.embedder).ranksAgain) return true;
    if (Date.now() < (this.rests.get(id) ?? 0)) return false;
    const entries = new IndexEntries(this.database, id);
    const pass = this.passes.get(id) ?? { mark, startMs: Date.now(), after: null };
    this.passes.set(id, pass);
    for (;;) {
      const ids = await entries.applied(pass.after, rowsBesideSearches);
      const last = ids.at(-1);
      if (last === undefined) break;
      await this.vectors.ask(name, async (found) => keepCrowding(entries, found, await found.vectorsOf(ids)));
      pass.after = last;
      if (Date.now() > untilMs) return false;
    }
    this.passes.delete(id);
    this.rests.set(id, Date.now() + restTimes * (Date.now() - pass.startMs));
    await new IndexUpkeep(this.database).keepCrowdingMark(id, pass.mark);
    return pass.mark === mark;
  }

  forget({ id }: IndexVersionRow): void {
    this.passes.delete(id);
    this.rests.delete(id);
  }
}
