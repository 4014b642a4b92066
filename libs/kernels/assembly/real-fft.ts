import { complexFft } from './complex-fft';

/*
 * The FFT of `size` real samples (a power of two ≥ 32), by one complex FFT of N = size/2 points over z[n] = x[2n] + i·x[2n + 1].
 *
 *     X[k] = Σₙ x[n]·e^(−2πi·k·n/size) = (Z[k] + Z*[N − k])/2 − i·W^k·(Z[k] − Z*[N − k])/2        W = e^(−2πi/size), k = 0 … N
 *
 * `x` has `size` values, `re` and `im` have N + 1 each. `half` are the tables of the complex FFT of N points; `shares` those of `mix`
 * (`realFftShares`). `scratch`: 12·size + 64 bytes. Nothing overlaps.
 */
export function realFftForward(x: usize, re: usize, im: usize, size: i32, half: usize, shares: usize, scratch: usize): void {
  const count = size >> 1;
  const bytes = <usize>count << 2;
  const zr = scratch;
  const zi = zr + bytes + 16;
  for (let i: usize = 0; i < bytes; i += 16) {
    const a = v128.load(x + (i << 1)), b = v128.load(x + (i << 1), 16);
    v128.store(zr + i, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
    v128.store(zi + i, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
  }
  complexFft(zr, zi, zr, zi, count, half, zi + bytes + 16);
  store<f32>(zr + bytes, load<f32>(zr)); // Z is periodic: Z[N] = Z[0]
  store<f32>(zi + bytes, load<f32>(zi));
  mix(zr, zi, re, im, bytes, shares, false);
}

/** The inverse of `realFftForward`, scaled so that it gives x back: x[n] = 1/size · Σₖ X[k]·e^(2πi·k·n/size) over all bins. */
export function realFftInverse(re: usize, im: usize, x: usize, size: i32, half: usize, shares: usize, scratch: usize): void {
  const count = size >> 1;
  const bytes = <usize>count << 2;
  const zr = scratch;
  const zi = zr + bytes + 16;
  mix(re, im, zr, zi, bytes, shares, true);
  complexFft(zi, zr, zi, zr, count, half, zi + bytes + 16); // swapped: the inverse
  const scale = f32x4.splat(<f32>1 / <f32>count);
  for (let i: usize = 0; i < bytes; i += 16) {
    const a = f32x4.mul(scale, v128.load(zr + i)), b = f32x4.mul(scale, v128.load(zi + i));
    v128.store(x + (i << 1), v128.shuffle<f32>(a, b, 0, 4, 1, 5));
    v128.store(x + (i << 1), v128.shuffle<f32>(a, b, 2, 6, 3, 7), 16);
  }
}

/*
 * From Z to X, or back. With A[k] = (1 − i·W^k)/2 the formula above says that X[k] lies between Z*[N − k] and Z[k], A[k] of the way:
 *
 *     X[k] = Z*[N − k] + P        X*[N − k] = Z[k] − P        P = A[k]·(Z[k] − Z*[N − k])
 *
 * the second because A[N − k] = A*[k]. As |2·A[k] − 1| = 1, the way back is the same with A*[k] (`isBack`). In the middle A is 0.
 */
// @ts-ignore: decorator
@inline
function mix(inRe: usize, inIm: usize, outRe: usize, outIm: usize, bytes: usize, shares: usize, isBack: bool): void {
  const middle = bytes >> 1;
  for (let k: usize = 0; k < middle; k += 16) {
    const mirror = bytes - k - 12;
    const zr = v128.load(inRe + k), zi = v128.load(inIm + k);
    const mr = reversed(v128.load(inRe + mirror)), mi = reversed(v128.load(inIm + mirror)); // of Z[N − k], not its conjugate
    const dr = f32x4.sub(zr, mr), di = f32x4.add(zi, mi);
    const ar = v128.load(shares + (k << 1));
    let ai = v128.load(shares + (k << 1), 16);
    if (isBack) ai = f32x4.neg(ai);
    const pr = f32x4.sub(f32x4.mul(ar, dr), f32x4.mul(ai, di)), pi = f32x4.add(f32x4.mul(ar, di), f32x4.mul(ai, dr));
    v128.store(outRe + k, f32x4.add(mr, pr));
    v128.store(outIm + k, f32x4.sub(pi, mi));
    v128.store(outRe + mirror, reversed(f32x4.sub(zr, pr)));
    v128.store(outIm + mirror, reversed(f32x4.sub(pi, zi)));
  }
  store<f32>(outRe + middle, load<f32>(inRe + middle));
  store<f32>(outIm + middle, -load<f32>(inIm + middle));
}

// @ts-ignore: decorator
@inline
function reversed(v: v128): v128 {
  return v128.shuffle<f32>(v, v, 3, 2, 1, 0);
}
