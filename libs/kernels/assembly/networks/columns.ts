/*
 * What goes over the columns of a matrix [rows][columns]: means, variances, sums, and batch normalisation.
 *
 * Rows are taken in blocks that stay in the first cache; within a block each column is summed in order, and the blocks' sums are added
 * in order: the sums of short runs keep f32 exact enough for a million rows.
 */

// @ts-ignore: decorator
@inline
function blockRows(columns: i32): i32 {
  return max(8, 4096 / columns);
}

// @ts-ignore: decorator
@inline
function load4(p: usize, isFour: bool): v128 {
  return isFour ? v128.load(p) : v128.load32_zero(p);
}

// @ts-ignore: decorator
@inline
function store4(p: usize, v: v128, isFour: bool): void {
  if (isFour) v128.store(p, v);
  else v128.store_lane<f32>(p, v, 0);
}

/** sums[c] += Σᵣ x[r][c] */
export function addColumns(x: usize, rows: i32, columns: i32, sums: usize): void {
  const rowBytes = <usize>columns << 2;
  for (let r = 0; r < rows; ) {
    const count = min(blockRows(columns), rows - r);
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) sumOf(x + at, count, rowBytes, sums + at, true);
    for (; at < rowBytes; at += 4) sumOf(x + at, count, rowBytes, sums + at, false);
    r += count;
    x += rowBytes * count;
  }
}

// @ts-ignore: decorator
@inline
function sumOf(x: usize, count: i32, rowBytes: usize, sums: usize, isFour: bool): void {
  let sum = f32x4.splat(0);
  for (let i = 0; i < count; i++, x += rowBytes) sum = f32x4.add(sum, load4(x, isFour));
  store4(sums, f32x4.add(load4(sums, isFour), sum), isFour);
}

/*
 * mean[c] = Σᵣ x[r][c] / rows, variance[c] = Σᵣ (x[r][c] − mean[c])² / rows, by blocks, so that x comes out of memory once: the n rows before
 * and a block of k rows with means m and b and sums of squares M and B become (T. Chan, G. Golub, R. LeVeque 1979)
 *
 *     m + (b − m)·k/(n + k)     M + B + (b − m)²·n·k/(n + k)
 *
 * All of it is of x less the mean of the first block, `near` (scratch of `columns`), so that rounding errors are shares of how far values
 * lie apart, and not of how far all of them are from 0.
 */
export function moments(x: usize, rows: i32, columns: i32, mean: usize, variance: usize, near: usize): void {
  const rowBytes = <usize>columns << 2;
  memory.fill(near, 0, rowBytes);
  memory.fill(mean, 0, rowBytes);
  memory.fill(variance, 0, rowBytes);
  const block = blockRows(columns);
  let at: usize = 0;
  for (; at + 16 <= rowBytes; at += 16) store4(near + at, meanOf(x + at, min(block, rows), rowBytes, near + at, true), true);
  for (; at < rowBytes; at += 4) store4(near + at, meanOf(x + at, min(block, rows), rowBytes, near + at, false), false);
  for (let r = 0; r < rows; ) {
    const count = min(block, rows - r);
    for (at = 0; at + 16 <= rowBytes; at += 16) momentsOf(x + at, count, rowBytes, r, near + at, mean + at, variance + at, true);
    for (; at < rowBytes; at += 4) momentsOf(x + at, count, rowBytes, r, near + at, mean + at, variance + at, false);
    r += count;
    x += rowBytes * count;
  }
  for (at = 0; at < rowBytes; at += 4) {
    store<f32>(mean + at, load<f32>(near + at) + load<f32>(mean + at));
    store<f32>(variance + at, load<f32>(variance + at) / <f32>rows);
  }
}

/** Of x − near. */
// @ts-ignore: decorator
@inline
function meanOf(x: usize, count: i32, rowBytes: usize, near: usize, isFour: bool): v128 {
  const n = load4(near, isFour);
  const end = x + rowBytes * count;
  let sum = f32x4.splat(0);
  let other = sum; // two sums, as an addition waits for the one before it
  for (; x + rowBytes < end; x += 2 * rowBytes) {
    sum = f32x4.add(sum, f32x4.sub(load4(x, isFour), n));
    other = f32x4.add(other, f32x4.sub(load4(x + rowBytes, isFour), n));
  }
  if (x < end) sum = f32x4.add(sum, f32x4.sub(load4(x, isFour), n));
  return f32x4.div(f32x4.add(sum, other), f32x4.splat(<f32>count));
}

// @ts-ignore: decorator
@inline
function momentsOf(x: usize, count: i32, rowBytes: usize, before: i32, near: usize, mean: usize, squares: usize, isFour: bool): void {
  const end = x + rowBytes * count;
  const m = meanOf(x, count, rowBytes, near, isFour);
  const n = load4(near, isFour);
  let sum = f32x4.splat(0);
  let other = sum;
  for (; x + rowBytes < end; x += 2 * rowBytes) {
    const d = f32x4.sub(f32x4.sub(load4(x, isFour), n), m);
    const e = f32x4.sub(f32x4.sub(load4(x + rowBytes, isFour), n), m);
    sum = f32x4.add(sum, f32x4.mul(d, d));
    other = f32x4.add(other, f32x4.mul(e, e));
  }
  if (x < end) {
    const d = f32x4.sub(f32x4.sub(load4(x, isFour), n), m);
    sum = f32x4.add(sum, f32x4.mul(d, d));
  }
  const share = f32x4.splat(<f32>count / <f32>(before + count));
  const apart = f32x4.sub(m, load4(mean, isFour));
  const between = f32x4.mul(f32x4.mul(apart, apart), f32x4.mul(share, f32x4.splat(<f32>before)));
  store4(mean, f32x4.add(load4(mean, isFour), f32x4.mul(apart, share)), isFour);
  store4(squares, f32x4.add(load4(squares, isFour), f32x4.add(f32x4.add(sum, other), between)), isFour);
}

/**
 * y[r][c] = (x[r][c] − mean[c])·scale[c] + shift[c], and nothing below 0 with `relu`. The mean goes first: x·scale is hundreds of times as
 * large as y where a channel hardly varies, and its rounding would stay.
 */
export function normalise(x: usize, rows: i32, columns: i32, mean: usize, scale: usize, shift: usize, relu: bool, y: usize): void {
  const rowBytes = <usize>columns << 2;
  const floor = f32x4.splat(relu ? 0 : -Infinity);
  for (let r = 0; r < rows; r++, x += rowBytes, y += rowBytes) {
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) normaliseFour(x + at, mean + at, scale + at, shift + at, floor, y + at, true);
    for (; at < rowBytes; at += 4) normaliseFour(x + at, mean + at, scale + at, shift + at, floor, y + at, false);
  }
}

// @ts-ignore: decorator
@inline
function normaliseFour(x: usize, mean: usize, scale: usize, shift: usize, floor: v128, y: usize, isFour: bool): void {
  const away = f32x4.sub(load4(x, isFour), load4(mean, isFour));
  store4(y, f32x4.pmax(f32x4.add(f32x4.mul(away, load4(scale, isFour)), load4(shift, isFour)), floor), isFour);
}

/*
 * The gradients of y = relu(γ·x̂ + β), x̂ = (x − mean)·inverse, mean and inverse = 1/√(variance + ε) being those of x:
 *
 *     e = d where y > 0 (all of d without relu)     dβ = Σ e     dγ = Σ e·x̂     dx = γ·inverse·(e − (dβ + x̂·dγ) / rows)
 *
 * dγ and dβ are added to what stands there; `sums` is scratch of 2·columns; dx may be d.
 */
export function normBackward(
  x: usize, y: usize, d: usize, rows: i32, columns: i32,
  mean: usize, inverse: usize, gamma: usize, relu: bool, dGamma: usize, dBeta: usize, sums: usize, dx: usize,
): void {
  const rowBytes = <usize>columns << 2;
  memory.fill(sums, 0, 2 * rowBytes);
  const block = blockRows(columns);
  let at: usize = 0;
  for (let r = 0; r < rows; r += block) {
    const from = rowBytes * r;
    const count = min(block, rows - r);
    for (at = 0; at + 16 <= rowBytes; at += 16) {
      normSums(x + from + at, y + from + at, d + from + at, count, rowBytes, mean + at, inverse + at, relu, sums + at, true);
    }
    for (; at < rowBytes; at += 4) {
      normSums(x + from + at, y + from + at, d + from + at, count, rowBytes, mean + at, inverse + at, relu, sums + at, false);
    }
  }
  for (at = 0; at < rowBytes; at += 4) {
    store<f32>(dGamma + at, load<f32>(dGamma + at) + load<f32>(sums + at));
    store<f32>(dBeta + at, load<f32>(dBeta + at) + load<f32>(sums + rowBytes + at));
  }
  const share = f32x4.splat(1 / <f32>rows);
  for (let r = 0; r < rows; r += block) {
    const from = rowBytes * r;
    const count = min(block, rows - r);
    for (at = 0; at + 16 <= rowBytes; at += 16) {
      normInput(x + from + at, y + from + at, d + from + at, count, rowBytes, mean + at, inverse + at, gamma + at, relu, share, sums + at, dx + from + at, true);
    }
    for (; at < rowBytes; at += 4) {
      normInput(x + from + at, y + from + at, d + from + at, count, rowBytes, mean + at, inverse + at, gamma + at, relu, share, sums + at, dx + from + at, false);
    }
  }
}

/** What of d passes the relu. */
// @ts-ignore: decorator
@inline
function passed(y: usize, d: usize, relu: bool, isFour: bool): v128 {
  const e = load4(d, isFour);
  return relu ? v128.and(e, f32x4.gt(load4(y, isFour), f32x4.splat(0))) : e;
}

// @ts-ignore: decorator
@inline
function normSums(
  x: usize, y: usize, d: usize, count: i32, rowBytes: usize, mean: usize, inverse: usize, relu: bool, sums: usize, isFour: bool,
): void {
  const m = load4(mean, isFour);
  let ofE = f32x4.splat(0);
  let ofEx = ofE;
  for (let i = 0; i < count; i++, x += rowBytes, y += rowBytes, d += rowBytes) {
    const e = passed(y, d, relu, isFour);
    ofE = f32x4.add(ofE, e);
    ofEx = f32x4.add(ofEx, f32x4.mul(e, f32x4.sub(load4(x, isFour), m)));
  }
  store4(sums, f32x4.add(load4(sums, isFour), f32x4.mul(ofEx, load4(inverse, isFour))), isFour);
  store4(sums + rowBytes, f32x4.add(load4(sums + rowBytes, isFour), ofE), isFour);
}

// @ts-ignore: decorator
@inline
function normInput(
  x: usize, y: usize, d: usize, count: i32, rowBytes: usize,
  mean: usize, inverse: usize, gamma: usize, relu: bool, share: v128, sums: usize, dx: usize, isFour: bool,
): void {
  const m = load4(mean, isFour);
  const inv = load4(inverse, isFour);
  const scale = f32x4.mul(load4(gamma, isFour), inv);
  const ofEx = f32x4.mul(f32x4.mul(load4(sums, isFour), share), inv);
  const ofE = f32x4.mul(load4(sums + rowBytes, isFour), share);
  for (let i = 0; i < count; i++, x += rowBytes, y += rowBytes, d += rowBytes, dx += rowBytes) {
    const e = passed(y, d, relu, isFour);
    const away = f32x4.mul(f32x4.sub(load4(x, isFour), m), ofEx);
    store4(dx, f32x4.mul(scale, f32x4.sub(f32x4.sub(e, ofE), away)), isFour);
  }
}

/** d becomes 0 where y is 0: the gradient before a relu. */
export function reluBackward(y: usize, d: usize, count: i32): void {
  const end = d + (<usize>count << 2);
  for (; d + 16 <= end; d += 16, y += 16) v128.store(d, passed(y, d, true, true));
  for (; d < end; d += 4, y += 4) store4(d, passed(y, d, true, false), false);
}
