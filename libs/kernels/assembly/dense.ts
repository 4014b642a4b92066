/*
 * What a dense layer does beside its matrix product, forward and backward. Matrices are rows × columns with a row stride in values, all of
 * it a multiple of 4; columns past the real ones are computed along and stay 0.
 */

/**
 * Batch normalisation of the rows: y = γ·(x − mean)·inverse + β, mean and variance over the rows of the batch,
 * inverse = 1/√(variance + ε). `mean`, `variance` and `inverse` receive one value a column.
 */
export function normalizeBatch(
  x: usize, rows: i32, columns: i32, stride: i32, gamma: usize, beta: usize, epsilon: f32, mean: usize, variance: usize, inverse: usize, y: usize,
): void {
  const rowBytes = <usize>stride << 2;
  const share = f32x4.splat(1 / <f32>rows);
  for (let at: usize = 0; at < <usize>columns << 2; at += 16) {
    let sum = f32x4.splat(0);
    for (let i = 0, p = x + at; i < rows; i++, p += rowBytes) sum = f32x4.add(sum, v128.load(p));
    const m = f32x4.mul(sum, share);
    let squares = f32x4.splat(0);
    for (let i = 0, p = x + at; i < rows; i++, p += rowBytes) {
      const d = f32x4.sub(v128.load(p), m);
      squares = f32x4.add(squares, f32x4.mul(d, d));
    }
    const v = f32x4.mul(squares, share);
    const inv = f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(v, f32x4.splat(epsilon))));
    v128.store(mean + at, m);
    v128.store(variance + at, v);
    v128.store(inverse + at, inv);
    const scale = f32x4.mul(inv, v128.load(gamma + at));
    const shift = v128.load(beta + at);
    for (let i = 0, p = x + at, q = y + at; i < rows; i++, p += rowBytes, q += rowBytes) {
      v128.store(q, f32x4.add(f32x4.mul(f32x4.sub(v128.load(p), m), scale), shift));
    }
  }
}

/**
 * Backward through y = normalise(x), x = max(0, z): d holds ∂y on entry and ∂z on return.
 *
 *     x̂ = (x − mean)·inverse     ∂β = Σ ∂y     ∂γ = Σ ∂y·x̂     ∂x = γ·inverse·(∂y − ∂β/rows − x̂·∂γ/rows)     ∂z = ∂x where x > 0
 *
 * `dBias` receives Σ ∂z.
 */
export function normalizeReluBackward(
  x: usize, d: usize, rows: i32, columns: i32, stride: i32, gamma: usize, mean: usize, inverse: usize, dGamma: usize, dBeta: usize, dBias: usize,
): void {
  const rowBytes = <usize>stride << 2;
  const share = f32x4.splat(1 / <f32>rows);
  for (let at: usize = 0; at < <usize>columns << 2; at += 16) {
    const m = v128.load(mean + at);
    const inv = v128.load(inverse + at);
    let sum = f32x4.splat(0);
    let along = f32x4.splat(0);
    for (let i = 0, p = x + at, q = d + at; i < rows; i++, p += rowBytes, q += rowBytes) {
      const dy = v128.load(q);
      sum = f32x4.add(sum, dy);
      along = f32x4.add(along, f32x4.mul(dy, f32x4.mul(f32x4.sub(v128.load(p), m), inv)));
    }
    v128.store(dBeta + at, sum);
    v128.store(dGamma + at, along);
    const scale = f32x4.mul(v128.load(gamma + at), inv);
    const level = f32x4.mul(sum, share);
    const slope = f32x4.mul(along, share);
    let bias = f32x4.splat(0);
    for (let i = 0, p = x + at, q = d + at; i < rows; i++, p += rowBytes, q += rowBytes) {
      const value = v128.load(p);
      const normal = f32x4.mul(f32x4.sub(value, m), inv);
      const dx = f32x4.mul(scale, f32x4.sub(f32x4.sub(v128.load(q), level), f32x4.mul(normal, slope)));
      const dz = v128.and(dx, f32x4.gt(value, f32x4.splat(0)));
      bias = f32x4.add(bias, dz);
      v128.store(q, dz);
    }
    v128.store(dBias + at, bias);
  }
}

/** Backward through x = max(0, z) alone: ∂z = ∂x where x > 0, and its sums into `dBias`. */
export function reluBackward(x: usize, d: usize, rows: i32, columns: i32, stride: i32, dBias: usize): void {
  const rowBytes = <usize>stride << 2;
  for (let at: usize = 0; at < <usize>columns << 2; at += 16) {
    let bias = f32x4.splat(0);
    for (let i = 0, p = x + at, q = d + at; i < rows; i++, p += rowBytes, q += rowBytes) {
      const dz = v128.and(v128.load(q), f32x4.gt(v128.load(p), f32x4.splat(0)));
      bias = f32x4.add(bias, dz);
      v128.store(q, dz);
    }
    v128.store(dBias + at, bias);
  }
}

/** The sum of each column. */
export function columnSums(x: usize, rows: i32, columns: i32, stride: i32, sums: usize): void {
  const rowBytes = <usize>stride << 2;
  for (let at: usize = 0; at < <usize>columns << 2; at += 16) {
    let sum = f32x4.splat(0);
    for (let i = 0, p = x + at; i < rows; i++, p += rowBytes) sum = f32x4.add(sum, v128.load(p));
    v128.store(sums + at, sum);
  }
}

/**
 * Dropout in place: x[i] becomes x[i]·scale where mix(mix(i) ^ key) ≥ threshold (unsigned), else 0. It depends on key and index alone, so
 * the same call on the gradient is its own way back, and no mask is kept. `mix` is the hash of `Random` in libs/learning.
 */
export function dropout(x: usize, count: i32, key: i32, threshold: i32, scale: f32): void {
  const keys = i32x4.splat(key);
  const least = i32x4.splat(threshold);
  const factor = f32x4.splat(scale);
  let index = i32x4(0, 1, 2, 3);
  for (const end = x + (<usize>count << 2); x < end; x += 16) {
    const bits = mix(v128.xor(mix(index), keys));
    v128.store(x, v128.and(f32x4.mul(v128.load(x), factor), i32x4.ge_u(bits, least)));
    index = i32x4.add(index, i32x4.splat(4));
  }
}

// @ts-ignore: decorator
@inline
function mix(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/**
 * One step of Adam (Kingma and Ba) with decoupled weight decay (Loshchilov and Hutter):
 *
 *     m ← β₁·m + (1 − β₁)·g     v ← β₂·v + (1 − β₂)·g²     w ← w − rate·m/(√(v·secondScale) + ε) − decay·w
 *
 * β is f64 because 1 − β₂ of a β₂ in f32 is off by 5e-5. The caller puts the corrections for the zeros that m and v begin with into `rate` (÷ (1 − β₁ᵗ)) and `secondScale` (1/(1 − β₂ᵗ)).
 */
export function adam(
  w: usize, g: usize, m: usize, v: usize, count: i32, rate: f32, secondScale: f32, beta1: f64, beta2: f64, epsilon: f32, decay: f32,
): void {
  const keep1 = f32x4.splat(<f32>beta1), take1 = f32x4.splat(<f32>(1 - beta1));
  const keep2 = f32x4.splat(<f32>beta2), take2 = f32x4.splat(<f32>(1 - beta2));
  const step = f32x4.splat(rate), second = f32x4.splat(secondScale), least = f32x4.splat(epsilon), shrink = f32x4.splat(decay);
  for (let at: usize = 0; at < <usize>count << 2; at += 16) {
    const gradient = v128.load(g + at);
    const first = f32x4.add(f32x4.mul(keep1, v128.load(m + at)), f32x4.mul(take1, gradient));
    const square = f32x4.add(f32x4.mul(keep2, v128.load(v + at)), f32x4.mul(take2, f32x4.mul(gradient, gradient)));
    v128.store(m + at, first);
    v128.store(v + at, square);
    const weight = v128.load(w + at);
    const change = f32x4.div(f32x4.mul(step, first), f32x4.add(f32x4.sqrt(f32x4.mul(square, second)), least));
    v128.store(w + at, f32x4.sub(f32x4.sub(weight, change), f32x4.mul(shrink, weight)));
  }
}
