import type { Matrix } from '../data/matrix.js';
import { exactNeighbours } from '../neighbours/exact-neighbours.js';
import type { Steps } from '../steps.js';

/** A neighbour of a row, and how far it is. */
export interface Near {
  row: number;
  distance: number;
}

/** Of each of `rows`, in their order, the nearest of the rows `references`, itself left out, nearest first. */
export function* neighboursAmong(matrix: Matrix, rows: Int32Array, references: Int32Array, k: number): Steps<Near[][]> {
  const search = { k: k + 1, metric: 'euclidean' as const, queries: matrix.take(rows) };
  const found = yield* exactNeighbours(matrix.take(references), search);
  return Array.from(rows, (row, place) => {
    const near = Array.from({ length: found.k }, (_, i) => ({
      row: references[found.index[place * found.k + i]!]!,
      distance: found.distance[place * found.k + i]!,
    }));
    return near.filter((other) => other.row !== row).slice(0, k);
  });
}

/** Zero of none. */
export function meanDistance(near: readonly Near[]): number {
  return near.length > 0 ? near.reduce((sum, { distance }) => sum + distance, 0) / near.length : 0;
}
