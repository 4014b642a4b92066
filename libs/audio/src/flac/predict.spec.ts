import { kernels } from '@earshot/kernels';
import { predictInDoubles, predictInInt32, predictorBytes } from './predict.js';

/** By the formula, in whole numbers of any size. */
function predicted(residual: Int32Array, coefficients: Int32Array, shift: number): number[] {
  const out: bigint[] = [];
  for (const [i, value] of residual.entries()) {
    const sum = i < coefficients.length ? 0n : coefficients.reduce((sum, c, j) => sum + BigInt(c) * out[i - 1 - j]!, 0n);
    out.push(BigInt.asIntN(32, BigInt(value) + (sum >> BigInt(shift))));
  }
  return out.map(Number);
}

const numbers = (length: number, size: number) => Int32Array.from({ length }, (_, i) => Math.round(size * Math.sin(i * i + 1)));

const placed = (values: Int32Array) => {
  const { arena } = kernels();
  const [scratch, at] = [arena.keep(predictorBytes), arena.keep(values.byteLength)];
  const view = arena.i32(at, values.length);
  view.set(values);
  return { at, values: view, scratch };
};

describe('the prediction', () => {
  it.each([0, 1, 2, 3, 4, 7, 8, 9, 11, 12, 13, 31, 32])('with %i coefficients is the formula', (order) => {
    const residual = numbers(100, 300);
    const coefficients = numbers(order, 900 / Math.max(1, order));
    const out = placed(residual);
    predictInInt32(out, coefficients, 10);
    expect([...out.values]).toEqual(predicted(residual, coefficients, 10));
  });

  it.each([1, 5, 8, 9, 12, 32])('with %i coefficients and sums past 32 bits is the formula', (order) => {
    const residual = numbers(100, 2 ** 23);
    const coefficients = numbers(order, 2 ** 14 / order);
    const out = placed(residual);
    predictInDoubles(out, coefficients, 14);
    expect([...out.values]).toEqual(predicted(residual, coefficients, 14));
  });
});
