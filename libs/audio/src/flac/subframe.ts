import { EarshotError } from '@earshot/contracts';
import type { BitReader } from './bit-reader.js';
import type { Numbers } from './numbers.js';
import { predictInDoubles, predictInInt32 } from './predict.js';

/** Reads one channel of a frame into `numbers`, as many as the frame has samples. Stops where the bytes end. Reference: RFC 9639, 9.2. */
export function readSubframe(reader: BitReader, bits: number, numbers: Numbers): void {
  const out = numbers.values;
  if (reader.unsigned(1) !== 0) throw damaged('a subframe does not begin with 0');
  const type = reader.unsigned(6);
  const wastedBits = reader.unsigned(1) === 0 ? 0 : reader.unary() + 1;
  const usedBits = bits - wastedBits;
  if (usedBits < 1) throw damaged(`${wastedBits} of ${bits} bits wasted`);
  if (type === 0) out.fill(reader.signed(usedBits));
  else if (type === 1) for (let i = 0; i < out.length; i++) out[i] = reader.signed(usedBits);
  else if (type >= 8 && type <= 12) readFixed(reader, usedBits, type - 8, numbers);
  else if (type >= 32) readPredicted(reader, usedBits, type - 31, numbers);
  else throw damaged(`subframe type ${type}`);
  if (wastedBits > 0) for (let i = 0; i < out.length; i++) out[i]! <<= wastedBits;
}

const damaged = (detail: string): EarshotError => new EarshotError('AUDIO_UNREADABLE', `FLAC: ${detail}`);

/** The five polynomial predictors, s[i] = r[i] + Σ coefficient·s[i − 1 − j]. */
const fixedCoefficients = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

function readFixed(reader: BitReader, bits: number, order: number, out: Numbers): void {
  readWarmUp(reader, bits, order, out.values);
  readResidual(reader, order, out);
  // Sums of at most 15 times a sample, and samples of at most 25 bits: they fit in 32.
  predictInInt32(out, Int32Array.from(fixedCoefficients[order]!), 0);
}

function readPredicted(reader: BitReader, bits: number, order: number, out: Numbers): void {
  readWarmUp(reader, bits, order, out.values);
  const precision = reader.unsigned(4) + 1;
  const shift = reader.signed(5);
  if (precision === 16 || shift < 0) throw damaged(`predictor of precision ${precision} and shift ${shift}`);
  const coefficients = Int32Array.from({ length: order }, () => reader.signed(precision));
  readResidual(reader, order, out);
  const largestSum = coefficients.reduce((sum, coefficient) => sum + Math.abs(coefficient), 0) * 2 ** (bits - 1);
  if (largestSum < 2 ** 31) predictInInt32(out, coefficients, shift);
  else predictInDoubles(out, coefficients, shift);
}

function readWarmUp(reader: BitReader, bits: number, order: number, out: Int32Array): void {
  if (order > out.length) throw damaged(`a predictor of order ${order} in a block of ${out.length}`);
  for (let i = 0; i < order; i++) out[i] = reader.signed(bits);
}

function readResidual(reader: BitReader, order: number, { values: out, at }: Numbers): void {
  const method = reader.unsigned(2);
  if (method > 1) throw damaged(`residual coding ${method}`);
  const parameterBits = method === 0 ? 4 : 5;
  const partitionCount = 1 << reader.unsigned(4);
  const partitionSamples = out.length / partitionCount;
  if (!Number.isInteger(partitionSamples) || partitionSamples < order)
    throw damaged(`${partitionCount} partitions of ${out.length} samples`);
  for (let p = 0, start = order; p < partitionCount && !reader.isPastEnd; p++) {
    const end = (p + 1) * partitionSamples;
    const parameter = reader.unsigned(parameterBits);
    if (parameter < (1 << parameterBits) - 1) reader.rice(parameter, at + 4 * start, end - start);
    else {
      const rawBits = reader.unsigned(5);
      for (let i = start; i < end; i++) out[i] = reader.signed(rawBits);
    }
    start = end;
  }
}
