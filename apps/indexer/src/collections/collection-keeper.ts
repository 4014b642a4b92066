import { EarshotError } from '@earshot/contracts';
import { type Database, IndexEntries, type IndexEntryRow, IndexUpkeep, type IndexVersionRow } from '@earshot/database';
import { getEmbedder, Matrix, type Scaler, scalerSchema } from '@earshot/learning';
import type { BlobStore } from '@earshot/storage';
import type { Collection, VectorStore } from '@earshot/vectors';
import { Crowding, keepCrowding } from './crowding.js';
import { EmbeddedSamples } from './embedded-samples.js';
import { strangersIn } from './strangers.js';

export interface KeepOptions {
  /** Called between pages; it may throw to end the work, which goes on from there another time. */
  onPage?: (written: number) => Promise<void>;
  /** Ends after this moment (of `Date.now()`), and goes on another time. */
  untilMs?: number;
}

interface UpdateOptions extends KeepOptions {
  /** It is asked by searches. */
  isWhole: boolean;
}

export interface Kept {
  /** The collection is as the entries say; false: the time was over. */
  isDone: boolean;
  /** Entries that were brought into the collection, or out of it. */
  written: number;
  /** Entries whose sample has no vector. */
  withoutVector: number;
}

/** One time through all that is due. */
interface Pass {
  /** The clip of the last entry that was seen; null: it has not begun. */
  after: string | null;
  withoutVector: number;
}

const rowsOfPage = 500;

/** One to write what is due, one to repair what was found then, one to see that it is well; the last for what changes meanwhile. */
const mostRounds = 4;

const compareMs = 60_000;

/** What is not whole yet has another name, so that nobody searches in it. */
const filling = (collection: string): string => `${collection}-filling`;

/** Of our collections those that nobody will ask: of no index version, or still to be filled when the whole one is there. */
export function leftOver(names: readonly string[], versions: readonly Pick<IndexVersionRow, 'collection'>[]): string[] {
  const there = new Set(names);
  const asked = new Set(versions.flatMap(({ collection }) => (there.has(collection) ? [collection] : [filling(collection)])));
  return names.filter((name) => !asked.has(name));
}

/** Makes a collection as the entries of its index version say, from whatever state it is in: not there, half filled, erased, behind. */
export class CollectionKeeper {
  /** By the id of the index version, how many vectors its collection had when they were last compared with the entries. */
  private readonly compared = new Map<string, { count: number; atMs: number }>();
  /**
   * By the id of the index version, how far a pass over what is due had come when its time was over. The next call goes on from there:
   * samples without a vector stay due, and whoever always began with these would never come to those behind them.
   */
  private readonly passes = new Map<string, Pass>();
  readonly crowding: Crowding;

  constructor(
    private readonly database: Database,
    private readonly store: BlobStore,
    private readonly vectors: VectorStore,
  ) {
    this.crowding = new Crowding(database, vectors);
  }

  async keep(version: IndexVersionRow, options: KeepOptions = {}): Promise<Kept> {
    const { collection: name } = version;
    if ((await this.vectors.find(name)) !== null)
      return this.vectors.ask(name, (collection) => this.bringUpToDate(version, collection, { ...options, isWhole: true }));
    await this.vectors.make(filling(name));
    const kept = await this.vectors.ask(filling(name), (collection) => this.fill(version, collection, options));
    if (kept.isDone) await this.vectors.rename(filling(name), name);
    return kept;
  }

  /** Removes what an index version has at the vector store. */
  async remove(version: IndexVersionRow): Promise<void> {
    const { id, collection } = version;
    this.compared.delete(id);
    this.passes.delete(id);
    this.crowding.forget(version);
    for (const name of [filling(collection), collection]) await this.vectors.remove(name);
  }

  private async fill(version: IndexVersionRow, collection: Collection, options: KeepOptions): Promise<Kept> {
    const entries = new IndexEntries(this.database, version.id);
    // What an earlier release had written, which left no marks, was erased.
    if (version.mark === 0 && (await collection.count()) === 0) await entries.reset();
    const kept = await this.bringUpToDate(version, collection, { ...options, isWhole: false });
    if (kept.isDone && getEmbedder(version.embedder).ranksAgain)
      await this.crowding.measureLacking(version, collection, async () => options.onPage?.(kept.written));
    return kept;
  }

  private async bringUpToDate(version: IndexVersionRow, collection: Collection, options: UpdateOptions): Promise<Kept> {
    const entries = new IndexEntries(this.database, version.id);
    const scaler = await this.scalerOf(version, entries);
    if ((await this.vectors.markOf(collection.name)) < version.mark) await this.startAnew(version, entries); // an older copy of it
    for (let round = 1; round <= mostRounds; round++) {
      const kept = await this.applyDue(version, entries, collection, scaler, options);
      if (!kept.isDone || (await this.isAsCompared(version, collection, kept))) return kept;
      const difference = await this.differenceOf(version, entries, collection, kept);
      if (difference === 0) return kept;
      // Fewer: it was erased. More: a write that came late, or of somebody who has died.
      if (difference < 0) await this.startAnew(version, entries);
      else {
        await collection.remove(await strangersIn(collection, entries));
        await this.mark(collection, entries, []);
      }
    }
    throw new EarshotError('INDEX_UNAVAILABLE', `${collection.name} has not what was written to it, ${mostRounds} times over`);
  }

  private async applyDue(
    version: IndexVersionRow,
    entries: IndexEntries,
    collection: Collection,
    scaler: Scaler | undefined,
    { onPage, untilMs = Number.POSITIVE_INFINITY, isWhole }: UpdateOptions,
  ): Promise<Kept> {
    const samples = new EmbeddedSamples({ database: this.database, store: this.store }, version);
    const { ranksAgain } = getEmbedder(version.embedder);
    const begun = Number.isFinite(untilMs) ? this.passes.get(version.id) : undefined; // who has all the time wants all of it seen
    let pass = begun ?? { after: null, withoutVector: 0 };
    let isWholePass = pass.after === null;
    this.passes.delete(version.id);
    for (let written = 0; ; ) {
      const due: IndexEntryRow[] = await entries.due(pass.after, rowsOfPage);
      const last = due.at(-1);
      if (last === undefined) {
        if (isWholePass || (await entries.counts()).due === pass.withoutVector)
          return { isDone: true, written, withoutVector: pass.withoutVector };
        // Before the place where it went on something has become due. What leaves the count as it was is seen by the next pass.
        pass = { after: null, withoutVector: 0 };
        isWholePass = true;
        continue;
      }
      const rows = await samples.of(
        due.filter(({ wanted }) => wanted),
        scaler,
      );
      const gone = due.filter(({ wanted }) => !wanted);
      await collection.put(rows);
      // Whoever searches leaves out what has no crowding. In a collection that is being filled the neighbours are yet to come.
      if (isWhole && ranksAgain) await keepCrowding(entries, collection, rows);
      await collection.remove(gone.map(({ clipId }) => clipId));
      const done = new Set([...rows.map(({ id }) => id), ...gone.map(({ clipId }) => clipId)]);
      if (done.size > 0)
        await this.mark(
          collection,
          entries,
          due.filter(({ clipId }) => done.has(clipId)),
        );
      pass = { after: last.clipId, withoutVector: pass.withoutVector + due.length - done.size };
      written += done.size;
      await onPage?.(written);
      if (Date.now() > untilMs) {
        this.passes.set(version.id, pass);
        return { isDone: false, written, withoutVector: pass.withoutVector };
      }
    }
  }

  /** What was written counts once the collection has a newer mark: a copy of it from before has an older one. */
  private async mark(collection: Collection, entries: IndexEntries, written: readonly IndexEntryRow[]): Promise<void> {
    const mark = await entries.nextMark();
    await collection.leave(mark);
    await entries.markApplied(written, mark);
  }

  private async startAnew({ id }: IndexVersionRow, entries: IndexEntries): Promise<void> {
    this.compared.delete(id);
    this.passes.delete(id);
    await entries.reset();
  }

  /** Counting entries takes a moment in a large library, so what nobody has touched is compared once a minute. */
  private async isAsCompared({ id }: IndexVersionRow, collection: Collection, { written }: Kept): Promise<boolean> {
    const before = this.compared.get(id);
    if (written > 0 || before === undefined || before.atMs < Date.now() - compareMs) return false;
    return (await collection.count()) === before.count;
  }

  /** How many more vectors it has than entries say; 0 also where that cannot be told, because samples are being changed. */
  private async differenceOf(
    { id }: IndexVersionRow,
    entries: IndexEntries,
    collection: Collection,
    { withoutVector }: Kept,
  ): Promise<number> {
    const before = await entries.counts();
    const count = await collection.count();
    const after = await entries.counts();
    const isStill = before.applied === after.applied && before.due === after.due && after.due === withoutVector;
    if (!isStill) return 0;
    if (count === after.applied) this.compared.set(id, { count, atMs: Date.now() });
    return count - after.applied;
  }

  private async scalerOf(version: IndexVersionRow, entries: IndexEntries): Promise<Scaler | undefined> {
    const { fit } = getEmbedder(version.embedder);
    if (fit === undefined) return undefined;
    if (version.scaler !== null) return scalerSchema.parse(version.scaler);
    const samples = new EmbeddedSamples({ database: this.database, store: this.store }, version);
    const rows: Float32Array[] = [];
    for (let after: string | null = null; ; ) {
      const page: IndexEntryRow[] = await entries.all(after, rowsOfPage);
      const last = page.at(-1);
      if (last === undefined) break;
      for (const { values } of await samples.kept(page)) rows.push(values);
      after = last.clipId;
    }
    if (rows.length === 0)
      throw new EarshotError('DATASET_TOO_SMALL', `No sample has a vector yet, and ${version.embedder} learns from them what it needs`);
    return scalerSchema.parse(await new IndexUpkeep(this.database).fit(version.id, fit(Matrix.of(rows))));
  }
}
