import type { Collection as Chromas } from 'chromadb';
import { asking } from './chroma-errors.js';

export interface VectorRow {
  id: string;
  vector: Float32Array;
}

export interface Neighbour {
  id: string;
  /** 1 − the cosine of the angle between the two: 0 for the same direction, 2 for the opposite. */
  distance: number;
}

/** Rows of one request: Chroma takes 5,461, and answers nobody else while it works on a long one. */
export const rowsOfPage = 1_000;

const readMs = 5_000;
const writeMs = 60_000;

/** Vectors of one length under ids, and the nearest ones to any other. */
export class Collection {
  constructor(
    private readonly chromas: Chromas,
    readonly name: string,
  ) {}

  /** Writes vectors under their ids, in the place of those that were there. */
  async put(rows: readonly VectorRow[]): Promise<void> {
    for (const page of pagesOf(rows)) {
      const record = { ids: page.map(({ id }) => id), embeddings: page.map(({ vector }) => [...vector]) };
      await asking(`writing ${page.length} vectors to ${this.name}`, writeMs, () => this.chromas.upsert(record));
    }
  }

  /** Ids that are not there are no error. */
  async remove(ids: readonly string[]): Promise<void> {
    for (const page of pagesOf(ids))
      await asking(`removing ${page.length} vectors from ${this.name}`, writeMs, () => this.chromas.delete({ ids: [...page] }));
  }

  /** Leaves a number with the collection, in the place of the one before. */
  async leave(mark: number): Promise<void> {
    await asking(`marking ${this.name}`, writeMs, () => this.chromas.modify({ metadata: { mark } }));
  }

  /** The nearest of all, nearest first; equal ones by their ids. */
  async nearest(vector: Float32Array, n: number): Promise<Neighbour[]> {
    const [neighbours = []] = await this.nearestOfEach([vector], n);
    return neighbours;
  }

  /** The same for several vectors at once. */
  async nearestOfEach(vectors: readonly Float32Array[], n: number): Promise<Neighbour[][]> {
    const query = { queryEmbeddings: vectors.map((vector) => [...vector]), nResults: n, include: ['distances' as const] };
    const { ids, distances } = await asking(`searching ${this.name}`, readMs, () => this.chromas.query(query));
    return ids.map((found, row) => found.map((id, i) => ({ id, distance: withinBounds(told(distances[row]?.[i])) })).sort(byDistance));
  }

  /** The vectors of those ids that are there, in any order. */
  async vectorsOf(ids: readonly string[]): Promise<VectorRow[]> {
    const rows: VectorRow[] = [];
    for (const page of pagesOf(ids)) {
      const query = { ids: [...page], include: ['embeddings' as const] };
      const found = await asking(`reading vectors of ${this.name}`, readMs, () => this.chromas.get(query));
      for (const [i, id] of found.ids.entries()) rows.push({ id, vector: Float32Array.from(told(found.embeddings[i])) });
    }
    return rows;
  }

  /** All ids, page by page. What is written or removed meanwhile may be missed, or come twice. */
  async *ids(): AsyncIterable<string[]> {
    for (let offset = 0; ; offset += rowsOfPage) {
      const query = { limit: rowsOfPage, offset, include: [] };
      const { ids } = await asking(`listing ${this.name}`, readMs, () => this.chromas.get(query));
      if (ids.length > 0) yield ids;
      if (ids.length < rowsOfPage) return;
    }
  }

  count(): Promise<number> {
    return asking(`counting ${this.name}`, readMs, () => this.chromas.count());
  }
}

/** What was asked for by `include` is there. */
function told<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('Chroma left out what it was asked for');
  return value;
}

/** A distance that rounding has carried out of what distances can be. */
export function withinBounds(distance: number): number {
  return Math.min(2, Math.max(0, distance));
}

export function byDistance(a: Neighbour, b: Neighbour): number {
  return a.distance - b.distance || (a.id < b.id ? -1 : 1);
}

function* pagesOf<Row>(rows: readonly Row[]): Iterable<readonly Row[]> {
  for (let start = 0; start < rows.length; start += rowsOfPage) yield rows.slice(start, start + rowsOfPage);
}
