import { kernels } from '@earshot/kernels';
import type { Numbers } from './numbers.js';

const mostCoefficients = 32;
export const predictorBytes = 4 * (mostCoefficients + 4) + 16 * mostCoefficients;

/** Adds to each number from the order on Σ coefficient[j]·s[i − 1 − j] / 2^shift, rounded down; the sums fit in 32 bits. */
export function predictInInt32({ values, at, scratch }: Numbers, coefficients: Int32Array, shift: number): void {
  const { arena, run } = kernels();
  const padded = arena.i32(scratch, mostCoefficients + 4);
  padded.fill(0);
  padded.set(coefficients);
  run.predict(at, values.length, scratch, coefficients.length, shift, scratch + padded.byteLength);
}

/** For sums past 32 bits: doubles are exact to 53. */
export function predictInDoubles({ values: out }: Numbers, coefficients: Int32Array, shift: number): void {
  const order = coefficients.length;
  const scale = 2 ** -shift;
  if (order <= 8) {
    predictByEightDoubles(out, coefficients, scale);
    return;
  }
  for (let i = order; i < out.length; i++) {
    let sum = 0;
    for (let j = 0, at = i - 1; j < order; j++, at--) sum += coefficients[j]! * out[at]!;
    out[i] = out[i]! + Math.floor(sum * scale);
  }
}

function predictByEightDoubles(out: Int32Array, coefficients: Int32Array, scale: number): void {
  const order = coefficients.length;
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0] = coefficients;
  let [h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, h5 = 0, h6 = 0, h7 = 0] = newestFirst(out, order);
  for (let i = order; i < out.length; i++) {
    const older = c7 * h7 + c6 * h6 + (c5 * h5 + c4 * h4);
    const newer = c3 * h3 + c2 * h2 + (c1 * h1 + c0 * h0);
    const value = (out[i]! + Math.floor((older + newer) * scale)) | 0;
    out[i] = value;
    h7 = h6;
    h6 = h5;
    h5 = h4;
    h4 = h3;
    h3 = h2;
    h2 = h1;
    h1 = h0;
    h0 = value;
  }
}

const newestFirst = (out: Int32Array, order: number): Int32Array => out.slice(0, order).reverse();
