import { EarshotError } from '@earshot/contracts';
import { readTensors, type Tensor, writeTensors } from '../artifact/safetensors.js';

/** A fixed linear map of standardised entries, learnt from sounds of which it is known which ones are variants of the same. */
export interface Projection {
  readonly mean: Float64Array;
  /** What an entry is divided by: its deviation over all sounds, times the fourth root of the size of its group. */
  readonly scale: Float64Array;
  /** How far from the mean an entry may lie, after the division by its deviation. */
  readonly limits: Float64Array;
  /** The lower triangle of the matrix, row by row. */
  readonly triangle: Float32Array;
}

const clip = 4;
/** How much of the mean variance is added to every direction, so that none in which variants happen to agree outweighs all others. */
const shrinkage = 0.1;

/**
 * Fits the projection.
 *
 *     x = clip((v − mean)/sd, ±4)·d^(−1/4)        d: entries of the group
 *     Sw = mean of (x − m)(x − m)ᵀ, m the mean of the variants of the same preset
 *     A = (1 − .1)·Sw + .1·tr(Sw)/n·I = L·Lᵀ        z = L⁻¹·x
 *
 * In z, what differs between variants of one preset is small in every direction, and what tells presets apart is large. Cosines are those of
 * A^(−1/2)·x, for the two differ by a rotation.
 */
export function fitProjection(vectors: readonly Float32Array[], presets: readonly number[], groupSizes: readonly number[]): Projection {
  const n = groupSizes.length;
  const mean = new Float64Array(n);
  const sd = new Float64Array(n);
  for (const v of vectors) for (let i = 0; i < n; i++) mean[i]! += v[i]! / vectors.length;
  for (const v of vectors) for (let i = 0; i < n; i++) sd[i]! += (v[i]! - mean[i]!) ** 2 / vectors.length;
  const weights = Float64Array.from(groupSizes, (size) => size ** 0.25);
  const scale = sd.map((square, i) => Math.sqrt(square) * weights[i]!);
  const flat = scale.findIndex((value) => !(value > 0));
  if (flat >= 0) throw new EarshotError('TRAINING_DATA_UNFIT', `entry ${flat} is the same in all sounds`);
  const limits = weights.map((weight) => clip / weight);
  const rows = vectors.map((v) => standardised(v, { mean, scale, limits }));
  const A = withinPresets(rows, presets, n);
  const trace = A.reduce((sum, value, at) => sum + (at % (n + 1) === 0 ? value : 0), 0);
  for (let at = 0; at < A.length; at++) A[at] = (1 - shrinkage) * A[at]! + (at % (n + 1) === 0 ? (shrinkage * trace) / n : 0);
  return { mean, scale, limits, triangle: Float32Array.from(inverseOfCholesky(A, n)) };
}

/** z = L⁻¹·x, not yet of unit length. */
export function project(vector: Float32Array, projection: Projection): Float32Array {
  const x = standardised(vector, projection);
  const { triangle } = projection;
  let at = 0;
  return Float32Array.from(x, (_, row) => {
    let sum = 0;
    for (let column = 0; column <= row; column++) sum += triangle[at++]! * x[column]!;
    return sum;
  });
}

function standardised(v: Float32Array, { mean, scale, limits }: Omit<Projection, 'triangle'>): Float64Array {
  return mean.map((middle, i) => Math.max(-limits[i]!, Math.min(limits[i]!, (v[i]! - middle) / scale[i]!)));
}

/** Sw, n × n. */
function withinPresets(rows: readonly Float64Array[], presets: readonly number[], n: number): Float64Array {
  const means = new Map<number, { sum: Float64Array; count: number }>();
  rows.forEach((row, r) => {
    const of = means.get(presets[r]!) ?? { sum: new Float64Array(n), count: 0 };
    means.set(presets[r]!, of);
    row.forEach((value, i) => {
      of.sum[i]! += value;
    });
    of.count++;
  });
  const covariance = new Float64Array(n * n);
  rows.forEach((row, r) => {
    const { sum, count } = means.get(presets[r]!)!;
    const d = row.map((value, i) => value - sum[i]! / count);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) covariance[i * n + j]! += (d[i]! * d[j]!) / rows.length;
  });
  return covariance;
}

/** The lower triangle of L⁻¹, row by row, where A = L·Lᵀ. */
function inverseOfCholesky(A: Float64Array, n: number): Float64Array {
  const L = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = A[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= L[i * n + k]! * L[j * n + k]!;
      L[i * n + j] = i === j ? Math.sqrt(sum) : sum / L[j * n + j]!;
    }
  }
  const inverse = new Float64Array(n * n);
  const triangle: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 1 : 0;
      for (let k = j; k < i; k++) sum -= L[i * n + k]! * inverse[k * n + j]!;
      inverse[i * n + j] = sum / L[i * n + i]!;
      triangle.push(inverse[i * n + j]!);
    }
  }
  return Float64Array.from(triangle);
}

/** The projection as a file of tensors; `metadata` says what it was made from. */
export function writeProjection({ mean, scale, limits, triangle }: Projection, metadata: Record<string, string>): Uint8Array<ArrayBuffer> {
  const vector = (values: Float64Array): Tensor => ({ shape: [values.length], values });
  const tensors = new Map<string, Tensor>([
    ['mean', vector(mean)],
    ['scale', vector(scale)],
    ['limits', vector(limits)],
    ['triangle', { shape: [triangle.length], values: triangle }],
  ]);
  return writeTensors({ tensors, metadata });
}

export function readProjection(file: Uint8Array): { projection: Projection; metadata: Readonly<Record<string, string>> } {
  const { tensors, metadata } = readTensors(file);
  const vector = (name: string): Float64Array => {
    const values = tensors.get(name)?.values;
    if (!(values instanceof Float64Array)) throw new EarshotError('MODEL_INVALID', `The projection has no ${name}`);
    return values;
  };
  const triangle = tensors.get('triangle')?.values;
  const [mean, scale, limits] = [vector('mean'), vector('scale'), vector('limits')];
  const n = mean.length;
  if (!(triangle instanceof Float32Array) || scale.length !== n || limits.length !== n || triangle.length !== (n * (n + 1)) / 2)
    throw new EarshotError('MODEL_INVALID', 'The projection is not a triangle over its entries');
  return { projection: { mean, scale, limits, triangle }, metadata };
}
