import { held64 } from './lanes';
import { pairFft } from './pair-fft';

/*
 * The magnitude spectrogram of a stretch of samples, four frames at a time, with librosa's roundings (`np.abs(stft(y))`).
 *
 *     X[t,k] = Σᵢ w[i]·y[t·hop + i]·e^(−2πi·k·i/N)        S[t,k] = |X[t,k]|        k = 0 … N/2
 *
 * The transform is f64, X is rounded to f32, its magnitude is numpy's in f32.
 * `pcm`: (frameCount rounded up to 4 − 1)·hop + N samples, of which those past the last frame are read and ignored. `window`, `twiddles`:
 * those of `pairFft`. `work`: 48·N bytes. `out`: as quads.
 */
export function quadMagnitude(
  pcm: usize, frameCount: i32, hop: i32, size: i32, window: usize, twiddles: usize, work: usize, out: usize,
): void {
  const quadBytes = ((<usize>size >> 1) + 1) << 4;
  const hopBytes = <usize>hop << 2;
  const second = work + (<usize>size << 4), third = second + (<usize>size << 4);
  const isHalved = ctz(size) & 1; // a pass of radix 2 is left
  let last = twiddles;
  for (let length = 4; length << 2 <= size; length <<= 2) last += (<usize>length - 2) * 24;
  for (let t = 0; t < frameCount; t += 4) {
    const low = pairFft(pcm, pcm + hopBytes, size, window, twiddles, work, second);
    const high = pairFft(pcm + 2 * hopBytes, pcm + 3 * hopBytes, size, window, twiddles, third, low == work ? second : work);
    if (isHalved) magnitudesOfHalves(low, high, size, last, out);
    else magnitudes(low, high, size, out);
    if (frameCount - t < 4) clearLanes(out, quadBytes, frameCount - t);
    pcm += hopBytes << 2;
    out += quadBytes;
  }
}

/** From the spectra of two pairs of frames; the first and the last bin have no imaginary part. */
// @ts-ignore: decorator
@inline
function magnitudes(low: usize, high: usize, size: i32, out: usize): void {
  const shift = held64(536871039);
  const zero = f32x4.splat(0);
  const last = low + (<usize>size << 4) - 16;
  v128.store(out, magnitude(loaded(low, high), zero, shift));
  for (low += 16, high += 16, out += 16; low < last; low += 32, high += 32, out += 16) {
    v128.store(out, magnitude(loaded(low, high), loaded(low + 16, high + 16), shift));
  }
  v128.store(out, magnitude(loaded(low, high), zero, shift));
}

/** The same from the spectra's halves: the last pass (forwardBy2 in real-passes.ts) goes on while others wait for the divider. */
// @ts-ignore: decorator
@inline
function magnitudesOfHalves(low: usize, high: usize, size: i32, twiddles: usize, out: usize): void {
  const shift = held64(536871039);
  const zero = f32x4.splat(0);
  const half = <usize>size << 3;
  let up = out, down = out + half;
  const a = v128.load(low), b = v128.load(low + half), c = v128.load(high), d = v128.load(high + half);
  v128.store(up, magnitude(rounded(f64x2.add(a, b), f64x2.add(c, d)), zero, shift));
  v128.store(down, magnitude(rounded(f64x2.sub(a, b), f64x2.sub(c, d)), zero, shift));
  let x0 = low + 16, x1 = x0 + half, z0 = high + 16, z1 = z0 + half;
  for (up += 16, down -= 16; up < down; up += 16, down -= 16, twiddles += 16) {
    const wr = v128.load64_splat(twiddles), wi = v128.load64_splat(twiddles, 8);
    let r = v128.load(x1), j = v128.load(x1, 16);
    const re = f64x2.add(f64x2.mul(r, wr), f64x2.mul(j, wi)), im = f64x2.sub(f64x2.mul(j, wr), f64x2.mul(r, wi));
    r = v128.load(z1), j = v128.load(z1, 16);
    const re2 = f64x2.add(f64x2.mul(r, wr), f64x2.mul(j, wi)), im2 = f64x2.sub(f64x2.mul(j, wr), f64x2.mul(r, wi));
    const xr = v128.load(x0), xi = v128.load(x0, 16), zr = v128.load(z0), zi = v128.load(z0, 16);
    v128.store(up, magnitude(rounded(f64x2.add(xr, re), f64x2.add(zr, re2)), rounded(f64x2.add(xi, im), f64x2.add(zi, im2)), shift));
    v128.store(down, magnitude(rounded(f64x2.sub(xr, re), f64x2.sub(zr, re2)), rounded(f64x2.sub(im, xi), f64x2.sub(im2, zi)), shift));
    x0 += 32, x1 += 32, z0 += 32, z1 += 32;
  }
  v128.store(up, magnitude(loaded(x0, z0), loaded(x1, z1), shift));
}

// @ts-ignore: decorator
@inline
function loaded(low: usize, high: usize): v128 {
  return rounded(v128.load(low), v128.load(high));
}

/** The f64 of two pairs as one quad of f32. */
// @ts-ignore: decorator
@inline
function rounded(low: v128, high: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

/**
 * numpy's `absolute` of complex64: larger·√(1 + (smaller/larger)²), where a fused multiply-add rounds once. f64 does the same beside
 * `shift` = 2²⁹ + 127: there one unit in the last place is one of f32 above 1, and the low word is the f32 of what is added to 2²⁹ + 126,
 * exponent and all. 0/0 needs no care: the low word of NaN is 0.
 */
// @ts-ignore: decorator
@inline
function magnitude(re: v128, im: v128, shift: v128): v128 {
  const a = f32x4.abs(re), b = f32x4.abs(im);
  const larger = f32x4.pmax(a, b);
  const ratio = f32x4.div(f32x4.pmin(a, b), larger);
  const low = f64x2.promote_low_f32x4(ratio);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(ratio, ratio, 2, 3, 2, 3));
  const lowSum = f64x2.add(f64x2.mul(low, low), shift), highSum = f64x2.add(f64x2.mul(high, high), shift);
  return f32x4.mul(larger, f32x4.sqrt(v128.shuffle<f32>(lowSum, highSum, 0, 2, 4, 6)));
}

/** Lanes past the last frame become those of a silent frame. */
function clearLanes(quad: usize, quadBytes: usize, used: i32): void {
  const lane = i32x4(0, 1, 2, 3);
  const mask = i32x4.lt_s(lane, i32x4.splat(used));
  for (let p = quad, end = quad + quadBytes; p < end; p += 16) v128.store(p, v128.and(v128.load(p), mask));
}
