// The oracles of assembly/dense.ts, in double precision; matrices are row-major without padding.

export interface Normalized {
  mean: Float64Array;
  variance: Float64Array;
  inverse: Float64Array;
  y: Float64Array;
}

export function normalizeTwin(
  x: ArrayLike<number>,
  columns: number,
  gamma: ArrayLike<number>,
  beta: ArrayLike<number>,
  epsilon: number,
): Normalized {
  const rows = x.length / columns;
  const mean = new Float64Array(columns);
  const variance = new Float64Array(columns);
  for (let i = 0; i < x.length; i++) mean[i % columns]! += x[i]! / rows;
  for (let i = 0; i < x.length; i++) variance[i % columns]! += (x[i]! - mean[i % columns]!) ** 2 / rows;
  const inverse = variance.map((v) => 1 / Math.sqrt(v + epsilon));
  const y = Float64Array.from(x, (value, i) => {
    const j = i % columns;
    return gamma[j]! * (value - mean[j]!) * inverse[j]! + beta[j]!;
  });
  return { mean, variance, inverse, y };
}

/** Of Random in libs/learning. */
function mix(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

export function dropoutTwin(x: Float32Array, key: number, threshold: number, scale: number): Float32Array {
  return x.map((value, i) => (mix(mix(i) ^ key) >>> 0 >= threshold ? Math.fround(value * Math.fround(scale)) : 0));
}

export interface AdamState {
  w: Float64Array;
  m: Float64Array;
  v: Float64Array;
}

export interface AdamStep {
  rate: number;
  secondScale: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  decay: number;
}

export function adamTwin(state: AdamState, g: Float32Array, step: AdamStep): AdamState {
  const m = state.m.map((value, i) => step.beta1 * value + (1 - step.beta1) * g[i]!);
  const v = state.v.map((value, i) => step.beta2 * value + (1 - step.beta2) * g[i]! ** 2);
  const w = state.w.map(
    (value, i) => value - (step.rate * m[i]!) / (Math.sqrt(v[i]! * step.secondScale) + step.epsilon) - step.decay * value,
  );
  return { w, m, v };
}
