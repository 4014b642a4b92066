import { type Database, IndexEntries, type IndexEntryRow, type IndexVersionRow } from '@earshot/database';
import { scalerSchema } from '@earshot/learning';
import type { BlobStore } from '@earshot/storage';
import type { Collection, Neighbour, VectorRow, VectorStore } from '@earshot/vectors';
import { EmbeddedSamples } from '../collections/embedded-samples.js';
import { Thinned } from '../thinned.js';
import { NearestOf } from './nearest-of.js';

interface Measured {
  tried: number;
  /** Share of the ten nearest others by exact search that the collection finds; null where there was nothing to try. */
  recall: number | null;
}

interface Options {
  database: Database;
  store: BlobStore;
  vectors: VectorStore;
  version: IndexVersionRow;
  /** Called between pages, with how many samples were read. */
  onPage(read: number): Promise<void>;
}

const nearest = 10;
const mostTried = 200;
const rowsOfPage = 1_000;

/** Distances of 32-bit floats that are closer than this are the same: which of two copies is found is no matter. */
const sameDistance = 1e-5;

/** Compares what a collection finds with all of what it was made from, read again from where it came. */
export async function measureRecall({ database, store, vectors, version, onPage }: Options): Promise<Measured> {
  const samples = new EmbeddedSamples({ database, store }, version);
  const scaler = version.scaler === null ? undefined : scalerSchema.parse(version.scaler);
  let read = 0;
  async function* pages(): AsyncIterable<VectorRow[]> {
    const entries = new IndexEntries(database, version.id);
    for (let after: string | null = null; ; ) {
      const page: IndexEntryRow[] = await entries.all(after, rowsOfPage);
      const last = page.at(-1);
      if (last === undefined) return;
      // What was added or taken out since the collection was made is no fault of it.
      yield samples.of(
        page.filter(({ wanted, appliedRevision }) => wanted && appliedRevision > 0),
        scaler,
      );
      read += page.length;
      await onPage(read);
      after = last.clipId;
    }
  }

  const some = new Thinned<VectorRow>(mostTried);
  for await (const page of pages()) for (const row of page) some.add(row);
  const tried = some.values;
  if (tried.length === 0) return { tried: 0, recall: null };
  const found = await vectors.ask(version.collection, (collection) => findAll(collection, tried));
  const exact = tried.map((one) => new NearestOf(one, nearest));
  const there = new Set<string>();
  const candidates = new Set(found.flatMap((neighbours) => neighbours.map(({ id }) => id)));
  for await (const page of pages()) {
    for (const row of page) {
      if (candidates.has(row.id)) there.add(row.id);
      for (const one of exact) one.see(row);
    }
  }
  let right = 0;
  let wanted = 0;
  for (const [i, { farthest, count }] of exact.entries()) {
    const ofOne = (found[i] ?? []).filter(({ id }) => there.has(id) && id !== tried[i]?.id).slice(0, nearest);
    right += Math.min(count, ofOne.filter(({ distance }) => distance <= farthest + sameDistance).length);
    wanted += count;
  }
  return { tried: tried.length, recall: wanted === 0 ? null : right / wanted };
}

/** Some more than are compared: those that are not in the library any more are left out. */
async function findAll(collection: Collection, rows: readonly VectorRow[]): Promise<Neighbour[][]> {
  const found: Neighbour[][] = [];
  for (let start = 0; start < rows.length; start += 20) {
    const vectors = rows.slice(start, start + 20).map(({ vector }) => vector);
    found.push(...(await collection.nearestOfEach(vectors, 2 * nearest)));
  }
  return found;
}
