import { z } from 'zod';
import type { Matrix } from '../data/matrix.js';

/** What an embedder has learnt of a collection; kept with each index that was built by it. */
export const scalerSchema = z.strictObject({ mean: z.array(z.number()), scale: z.array(z.number().positive()) });
export type Scaler = z.output<typeof scalerSchema>;

/** Makes of the vector of a clip a direction: the nearer two directions, by their cosine, the more alike two clips sound. */
export interface Embedder {
  /** `name@version`. */
  readonly name: string;
  /** The feature profile whose vectors it takes. */
  readonly profile: string;
  readonly metric: 'cosine';
  readonly dimensions: number;
  /** Whether hits are ranked again by `rankAgain`. */
  readonly ranksAgain: boolean;
  /** Where a direction depends on the collection: learns of all its vectors what `embed` then needs. */
  readonly fit?: (vectors: Matrix) => Scaler;
  /** A vector of length one. Throws when the vector is not one of the profile's. */
  embed(vector: Float32Array, scaler?: Scaler): Float32Array;
}

/** Divides by the length, in place. What has none has no direction: it gets the first axis, so that clips that are all the same are alike. */
export function toUnitLength(vector: Float32Array): Float32Array {
  let square = 0;
  for (let i = 0; i < vector.length; i++) square += vector[i]! ** 2;
  if (square === 0) vector[0] = 1;
  else for (let i = 0, length = Math.sqrt(square); i < vector.length; i++) vector[i]! /= length;
  return vector;
}

/** Vectors come from the database, where other versions may have written: one that is not what the name says must not be compared. */
export function checkVector(embedder: string, vector: ArrayLike<number>, length: number): void {
  if (vector.length !== length) throw new RangeError(`${embedder} takes vectors of ${length} numbers, not of ${vector.length}`);
  for (let i = 0; i < length; i++) if (!Number.isFinite(vector[i])) throw new RangeError(`${embedder}: entry ${i} is ${vector[i]}`);
}
