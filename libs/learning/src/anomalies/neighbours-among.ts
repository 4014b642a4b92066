import type { Matrix } from '../data/matrix.js';
import { exactNeighbours } from '../neighbours/exact-neighbours.js';
import type { Steps } from '../steps.js';

export interface NeighboursAmong {
  /** Of each row that was asked for, in their order. */
  meanDistance: Float64Array;
  /** As rows of the matrix, nearest first. */
  nearest: Int32Array[];
}

/** The nearest of the rows `references` to each of `rows`, itself left out. */
export function* neighboursAmong(matrix: Matrix, rows: Int32Array, references: Int32Array, k: number): Steps<NeighboursAmong> {
  const search = { k: k + 1, metric: 'euclidean' as const, queries: matrix.take(rows) };
  const found = yield* exactNeighbours(matrix.take(references), search);
  const nearest: Int32Array[] = [];
  const meanDistance = Float64Array.from(rows, (row, place) => {
    const others: number[] = [];
    let sum = 0;
    for (let i = place * found.k; i < (place + 1) * found.k && others.length < k; i++) {
      const other = references[found.index[i]!]!;
      if (other === row) continue;
      others.push(other);
      sum += found.distance[i]!;
    }
    nearest.push(Int32Array.from(others));
    return others.length > 0 ? sum / others.length : 0;
  });
  return { meanDistance, nearest };
}
