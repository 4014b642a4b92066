import { byDistance, type Neighbour, type VectorRow, withinBounds } from './collection.js';

/** All of the rows by their distance to a vector, nearest first. All have length 1. */
export function nearestAmong(vector: Float32Array, rows: readonly VectorRow[]): Neighbour[] {
  return rows.map((row) => ({ id: row.id, distance: withinBounds(1 - cosineOf(vector, row.vector)) })).sort(byDistance);
}

/** Of two vectors of length 1. */
export function cosineOf(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
