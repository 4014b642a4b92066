import type { Matrix } from '../data/matrix.js';
import { Random } from '../random.js';

const rounds = 60;

/**
 * Where the points lie on the plane along which they vary most: x and y of each, one after the other. The two directions are the
 * eigenvectors of the covariance with the greatest eigenvalues, by power iteration from a start that is always the same.
 */
export function principalPlane({ values, rows, columns }: Matrix): Float32Array {
  const mean = new Float64Array(columns);
  for (let i = 0, column = 0; i < values.length; i++, column = (column + 1) % columns) mean[column]! += values[i]! / rows;
  const covariance = new Float64Array(columns * columns);
  const centred = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns; i++) centred[i] = values[row * columns + i]! - mean[i]!;
    for (let i = 0; i < columns; i++) for (let j = i; j < columns; j++) covariance[i * columns + j]! += (centred[i]! * centred[j]!) / rows;
  }
  for (let i = 0; i < columns; i++) for (let j = 0; j < i; j++) covariance[i * columns + j] = covariance[j * columns + i]!;
  const first = direction(covariance, columns, []);
  const directions = [first, direction(covariance, columns, [first])];
  const plane = new Float32Array(2 * rows);
  for (let row = 0; row < rows; row++)
    for (let axis = 0; axis < 2; axis++)
      for (let i = 0; i < columns; i++) plane[2 * row + axis]! += (values[row * columns + i]! - mean[i]!) * directions[axis]![i]!;
  return plane;
}

/** The direction of greatest variance at right angles to the others; zeros where nothing varies. */
function direction(covariance: Float64Array, columns: number, others: readonly Float64Array[]): Float64Array {
  const random = new Random(0, 'principal plane', others.length);
  let vector = Float64Array.from({ length: columns }, (_, i) => random.normal(i));
  for (let round = 0; round < rounds; round++) {
    for (const other of others) {
      const along = vector.reduce((sum, x, i) => sum + x * other[i]!, 0);
      vector = vector.map((x, i) => x - along * other[i]!);
    }
    const next = new Float64Array(columns);
    for (let i = 0; i < columns; i++) for (let j = 0; j < columns; j++) next[i]! += covariance[i * columns + j]! * vector[j]!;
    const length = Math.sqrt(next.reduce((sum, x) => sum + x * x, 0));
    if (length < 1e-12) return new Float64Array(columns);
    vector = next.map((x) => x / length);
  }
  return vector;
}
