/*
 * What happens to spectra of `size` real samples between the two transforms of row-fft.ts. "Bins": re, im of the bins 0, 1 … in turn, with
 * X[size/2] for the imaginary part of bin 0. The orders of operations are those of PFFFT and soxr.
 */

/** X ← H·X, both in rows. */
export function multiplyRows(x: usize, h: usize, size: i32): void {
  const middle = load<f32>(x, 16) * load<f32>(h, 16);
  const zero = load<f32>(x) * load<f32>(h);
  for (let i: usize = 0, end = <usize>size << 2; i < end; i += 32) {
    const xr = v128.load(x + i), xi = v128.load(x + i, 16), hr = v128.load(h + i), hi = v128.load(h + i, 16);
    v128.store(x + i, f32x4.sub(f32x4.mul(xr, hr), f32x4.mul(xi, hi)));
    v128.store(x + i, f32x4.add(f32x4.mul(xi, hr), f32x4.mul(xr, hi)), 16);
  }
  store<f32>(x, zero);
  store<f32>(x, middle, 16);
}

/** X ← H·X, both as bins, of which the first size/2 + 1 are kept: those of `size` samples at a lower rate. There are more bins than that. */
export function multiplyBins(x: usize, h: usize, size: i32): void {
  const zero = load<f32>(x) * load<f32>(h);
  const end = <usize>size << 2;
  for (let i: usize = 0; i < end; i += 32) {
    const x0 = v128.load(x + i), x1 = v128.load(x + i, 16), h0 = v128.load(h + i), h1 = v128.load(h + i, 16);
    const xr = v128.shuffle<f32>(x0, x1, 0, 2, 4, 6), xi = v128.shuffle<f32>(x0, x1, 1, 3, 5, 7);
    const hr = v128.shuffle<f32>(h0, h1, 0, 2, 4, 6), hi = v128.shuffle<f32>(h0, h1, 1, 3, 5, 7);
    const yr = f32x4.sub(f32x4.mul(xr, hr), f32x4.mul(xi, hi)), yi = f32x4.add(f32x4.mul(xi, hr), f32x4.mul(xr, hi));
    v128.store(x + i, v128.shuffle<f32>(yr, yi, 0, 4, 1, 5));
    v128.store(x + i, v128.shuffle<f32>(yr, yi, 2, 6, 3, 7), 16);
  }
  store<f32>(x, zero);
  store<f32>(x, load<f32>(h + end) * load<f32>(x + end) - load<f32>(h + end, 4) * load<f32>(x + end, 4), 4);
}

/** Makes of the bins of `size` samples those of the same samples with a zero behind each: the spectrum and its mirror image. */
export function mirrorBins(bins: usize, size: i32): void {
  const bytes = <usize>size << 2;
  for (let at = bins + bytes + 8, from = bins + bytes - 8; from > bins; at += 8, from -= 8) {
    store<f32>(at, load<f32>(from));
    store<f32>(at, -load<f32>(from, 4), 4);
  }
  store<f32>(bins + bytes, load<f32>(bins, 4));
  store<f32>(bins + bytes, 0, 4);
  store<f32>(bins, load<f32>(bins), 4);
}

export function rowsToBins(rows: usize, bins: usize, size: i32): void {
  const region = <usize>size; // an eighth of the samples, as bins
  for (let at: usize = 0; at < region; at += 32) {
    const from = rows + (at << 2);
    for (let row: usize = 0; row < 2; row++) {
      const re = v128.load(from + row * 64), im = v128.load(from + row * 64, 16);
      v128.store(bins + 2 * row * region + at, v128.shuffle<f32>(re, im, 0, 4, 1, 5));
      v128.store(bins + 2 * row * region + at, v128.shuffle<f32>(re, im, 2, 6, 3, 7), 16);
    }
  }
  reversedToBins(rows + 32, bins + region, region);
  reversedToBins(rows + 96, bins + 3 * region, region);
}

/** Rows 1 and 3 run downwards, behind their first bin. */
function reversedToBins(rows: usize, bins: usize, region: usize): void {
  let before = v128.splat<f32>(0);
  for (let at: usize = 0; at < region; at += 32) {
    const re = v128.load(rows + (at << 2)), im = v128.load(rows + (at << 2), 16);
    const low = v128.shuffle<f32>(re, im, 0, 4, 1, 5), high = v128.shuffle<f32>(re, im, 2, 6, 3, 7);
    if (at > 0) v128.store(bins + region - at, v128.shuffle<f32>(low, before, 0, 1, 6, 7));
    else v128.store64_lane(bins, low, 0);
    v128.store(bins + region - at - 16, v128.shuffle<f32>(high, low, 0, 1, 6, 7));
    before = high;
  }
  v128.store64_lane(bins + 8, before, 1);
}

export function binsToRows(bins: usize, rows: usize, size: i32): void {
  const region = <usize>size;
  for (let at: usize = 0; at < region; at += 32) {
    const to = rows + (at << 2);
    for (let row: usize = 0; row < 2; row++) {
      const a = v128.load(bins + 2 * row * region + at), b = v128.load(bins + 2 * row * region + at, 16);
      v128.store(to + row * 64, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
      v128.store(to + row * 64, v128.shuffle<f32>(a, b, 1, 3, 5, 7), 16);
    }
  }
  reversedToRows(bins + region, rows + 32, region);
  reversedToRows(bins + 3 * region, rows + 96, region);
}

function reversedToRows(bins: usize, rows: usize, region: usize): void {
  for (let at: usize = 0; at < region; at += 32) {
    const first = at > 0 ? v128.load64_zero(bins + region - at) : v128.load64_zero(bins);
    const next = v128.load(bins + region - at - 16);
    const last = v128.load64_zero(bins + region - at - 24);
    const low = v128.shuffle<f32>(first, next, 0, 1, 6, 7), high = v128.shuffle<f32>(next, last, 0, 1, 4, 5);
    v128.store(rows + (at << 2), v128.shuffle<f32>(low, high, 0, 2, 4, 6));
    v128.store(rows + (at << 2), v128.shuffle<f32>(low, high, 1, 3, 5, 7), 16);
  }
}

/** Makes of the bins of `size` samples with a zero behind each those of the same with three times as many zeros: the spectrum, twice. */
export function repeatBins(bins: usize, size: i32): void {
  const bytes = <usize>size << 2;
  memory.copy(bins + bytes, bins, bytes);
  store<f32>(bins + bytes, 0, 4);
}
