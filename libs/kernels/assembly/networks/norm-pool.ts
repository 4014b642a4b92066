/*
 * Batch normalisation, the relu after it and the maximum over windows of 2 × 2 positions, of images [height][width][channels]:
 *
 *     z = (x − mean)·scale + shift     y = max of the window's four z, and nothing below 0 with `relu`
 *
 * z is as large as x and is never written: the way back computes it once more, to the same bits. Such maps do not fit a cache, and a pass
 * over them costs as much as what is computed in it. What does not fill a window is left out; channels are a multiple of four.
 */
export function normPool(
  x: usize, images: i32, height: i32, width: i32, channels: i32, mean: usize, scale: usize, shift: usize, relu: bool, y: usize,
): void {
  const position = <usize>channels << 2;
  const row = position * width;
  const floor = f32x4.splat(relu ? 0 : -Infinity);
  for (let image = 0; image < images; image++, x += row * height) {
    for (let h = 0, top = x; h < height / 2; h++, top += 2 * row) {
      for (let w = 0, left = top; w < width / 2; w++, left += 2 * position) {
        for (let at: usize = 0; at < position; at += 16, y += 16) {
          const m = v128.load(mean + at);
          const s = v128.load(scale + at);
          const t = v128.load(shift + at);
          const p = left + at;
          const upper = f32x4.pmax(normed(away(p, m), s, t), normed(away(p + position, m), s, t));
          const lower = f32x4.pmax(normed(away(p + row, m), s, t), normed(away(p + row + position, m), s, t));
          v128.store(y, f32x4.pmax(f32x4.pmax(upper, lower), floor));
        }
      }
    }
  }
}

/** x − mean */
// @ts-ignore: decorator
@inline
function away(x: usize, mean: v128): v128 {
  return f32x4.sub(v128.load(x), mean);
}

// @ts-ignore: decorator
@inline
function normed(away: v128, scale: v128, shift: v128): v128 {
  return f32x4.add(f32x4.mul(away, scale), shift);
}

/*
 * The gradients, from d = ∂y: e is d at the first position of a window that has its maximum (nowhere where the relu cut it off) and 0 at
 * the others. Then, as in `normBackward`, with x̂ = (x − mean)·inverse over all positions,
 *
 *     dβ = Σ e     dγ = Σ e·x̂     dx = γ·inverse·(e − (dβ + x̂·dγ) / positions)
 *
 * dγ and dβ are added to what stands there; `sums` is scratch of 2·channels. Sums run over some windows at a time, and over these sums.
 */
export function normPoolBackward(
  x: usize, y: usize, d: usize, images: i32, height: i32, width: i32, channels: i32, mean: usize, scale: usize, shift: usize, relu: bool,
  inverse: usize, gamma: usize, dGamma: usize, dBeta: usize, sums: usize, dx: usize,
): void {
  const position = <usize>channels << 2;
  const row = position * width;
  const across = width / 2;
  const lines = images * (height / 2);
  const some = max(4, 1024 / channels);
  memory.fill(sums, 0, 2 * position);
  for (let line = 0; line < lines; line++) {
    for (let w = 0; w < across; w += some) {
      const from = placeOf(line, w, height, row, position);
      const to = position * (line * across + w);
      const count = min(some, across - w);
      for (let at: usize = 0; at < position; at += 16) {
        addSums(x + from + at, y + to + at, d + to + at, count, row, position, mean + at, scale + at, shift + at, relu, inverse + at, sums + at);
      }
    }
  }
  for (let at: usize = 0; at < position; at += 4) {
    store<f32>(dGamma + at, load<f32>(dGamma + at) + load<f32>(sums + at));
    store<f32>(dBeta + at, load<f32>(dBeta + at) + load<f32>(sums + position + at));
  }
  const share = f32x4.splat(1 / <f32>(images * height * width));
  for (let at: usize = 0; at < position; at += 16) {
    v128.store(sums + at, f32x4.mul(f32x4.mul(v128.load(sums + at), share), v128.load(inverse + at)));
    v128.store(sums + position + at, f32x4.mul(v128.load(sums + position + at), share));
  }
  for (let line = 0; line < lines; line++) {
    for (let w = 0; w < across; w += some) {
      const from = placeOf(line, w, height, row, position);
      const to = position * (line * across + w);
      const count = min(some, across - w);
      for (let at: usize = 0; at < position; at += 16) {
        windows(
          x + from + at, y + to + at, d + to + at, count, row, position, mean + at, scale + at, shift + at, relu,
          inverse + at, gamma + at, sums + at, dx + from + at,
        );
      }
    }
  }
  for (let image = 0; image < images; image++, x += row * height, dx += row * height) {
    const filled = 2 * position * across;
    for (let h: usize = 0; h < 2 * <usize>(height / 2); h++) {
      outside(x + row * h + filled, x + row * (h + 1), position, mean, inverse, gamma, sums, dx + row * h + filled);
    }
    const bottom = row * (2 * (height / 2));
    outside(x + bottom, x + row * height, position, mean, inverse, gamma, sums, dx + bottom);
  }
}

/** Of the first position of window `w` in a line of windows. */
// @ts-ignore: decorator
@inline
function placeOf(line: i32, w: i32, height: i32, row: usize, position: usize): usize {
  const high = height / 2;
  return row * ((line / high) * height + (line % high) * 2) + position * (2 * w);
}

/** What of d passes the relu. */
// @ts-ignore: decorator
@inline
function passed(y: v128, d: v128, relu: bool): v128 {
  return relu ? v128.and(d, f32x4.gt(y, f32x4.splat(0))) : d;
}

// @ts-ignore: decorator
@inline
function addSums(
  x: usize, y: usize, d: usize, count: i32, row: usize, position: usize, mean: usize, scale: usize, shift: usize, relu: bool,
  inverse: usize, sums: usize,
): void {
  const s = v128.load(scale);
  const t = v128.load(shift);
  const m = v128.load(mean);
  let ofE = f32x4.splat(0);
  let ofEx = ofE;
  for (let i = 0; i < count; i++, x += 2 * position, y += position, d += position) {
    const most = v128.load(y);
    const e = passed(most, v128.load(d), relu);
    const x0 = away(x, m);
    const x1 = away(x + position, m);
    const x2 = away(x + row, m);
    const lower = v128.bitselect(x2, away(x + row + position, m), f32x4.eq(normed(x2, s, t), most));
    const later = v128.bitselect(x1, lower, f32x4.eq(normed(x1, s, t), most));
    const first = v128.bitselect(x0, later, f32x4.eq(normed(x0, s, t), most));
    ofE = f32x4.add(ofE, e);
    ofEx = f32x4.add(ofEx, f32x4.mul(e, first));
  }
  v128.store(sums, f32x4.add(v128.load(sums), f32x4.mul(ofEx, v128.load(inverse))));
  v128.store(sums + position, f32x4.add(v128.load(sums + position), ofE));
}

// @ts-ignore: decorator
@inline
function windows(
  x: usize, y: usize, d: usize, count: i32, row: usize, position: usize, mean: usize, scale: usize, shift: usize, relu: bool,
  inverse: usize, gamma: usize, sums: usize, dx: usize,
): void {
  const s = v128.load(scale);
  const t = v128.load(shift);
  const m = v128.load(mean);
  const factor = f32x4.mul(v128.load(gamma), v128.load(inverse));
  const ofEx = v128.load(sums);
  const ofE = v128.load(sums + position);
  for (let i = 0; i < count; i++, x += 2 * position, dx += 2 * position, y += position, d += position) {
    const most = v128.load(y);
    let open = passed(most, v128.load(d), relu); // becomes 0 in a lane once it is given away
    let value = away(x, m);
    let has = f32x4.eq(normed(value, s, t), most);
    v128.store(dx, gradientOf(value, v128.and(open, has), factor, ofE, ofEx));
    open = v128.andnot(open, has);
    value = away(x + position, m);
    has = f32x4.eq(normed(value, s, t), most);
    v128.store(dx + position, gradientOf(value, v128.and(open, has), factor, ofE, ofEx));
    open = v128.andnot(open, has);
    value = away(x + row, m);
    has = f32x4.eq(normed(value, s, t), most);
    v128.store(dx + row, gradientOf(value, v128.and(open, has), factor, ofE, ofEx));
    open = v128.andnot(open, has);
    value = away(x + row + position, m);
    v128.store(dx + row + position, gradientOf(value, open, factor, ofE, ofEx));
  }
}

// @ts-ignore: decorator
@inline
function gradientOf(away: v128, e: v128, factor: v128, ofE: v128, ofEx: v128): v128 {
  return f32x4.mul(factor, f32x4.sub(f32x4.sub(e, ofE), f32x4.mul(away, ofEx)));
}

/** Positions that are in no window. */
function outside(x: usize, end: usize, position: usize, mean: usize, inverse: usize, gamma: usize, sums: usize, dx: usize): void {
  const zero = f32x4.splat(0);
  for (; x < end; x += position, dx += position) {
    for (let at: usize = 0; at < position; at += 16) {
      const factor = f32x4.mul(v128.load(gamma + at), v128.load(inverse + at));
      const gradient = gradientOf(away(x + at, v128.load(mean + at)), zero, factor, v128.load(sums + position + at), v128.load(sums + at));
      v128.store(dx + at, gradient);
    }
  }
}
