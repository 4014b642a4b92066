import { Matrix } from '../data/matrix.js';
import type { Steps } from '../steps.js';
import type { Embedder } from './embedder.js';

const rowsAtOnce = 500;

/** Of each vector its direction by the embedder, which learns of these vectors what it needs of a collection. */
export function* directionsOf(vectors: Matrix, embedder: Embedder): Steps<Matrix> {
  const scaler = embedder.fit?.(vectors);
  const directions = new Matrix(new Float32Array(vectors.rows * embedder.dimensions), vectors.rows, embedder.dimensions);
  for (let row = 0; row < vectors.rows; row++) {
    directions.row(row).set(embedder.embed(vectors.row(row), scaler));
    if (row % rowsAtOnce === rowsAtOnce - 1) yield row / vectors.rows;
  }
  return directions;
}
