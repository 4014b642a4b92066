import { quadFft } from './quad-fft';

/*
 * One complex FFT of `size` points (a power of two ≥ 16), from split arrays to split arrays, in natural order:
 *
 *     X[k] = Σₙ x[n]·e^(−2πi·k·n/size)
 *
 * One step by radix 4 makes of the sequence four of a quarter of its length, whose bins are every fourth bin of the whole:
 *
 *     yₚ[m] = W^(p·m)·Σ_q (−i)^(p·q)·x[m + q·size/4]        X[4k + p] = Yₚ[k]        W = e^(−2πi/size), m = 0 … size/4 − 1
 *
 * They are transformed together, one in each lane, so that bin k of all four is X[4k … 4k + 3] as it has to be stored. Input and output
 * may be the same arrays. For the inverse, swap the real and imaginary arrays on both sides and divide by `size`.
 *
 * `tables`: as laid out by `keepComplexFftTables` in ../src/fft-tables.ts. `scratch`: 8·size bytes.
 */
export function complexFft(inRe: usize, inIm: usize, outRe: usize, outIm: usize, size: i32, tables: usize, scratch: usize): void {
  const quarter = <usize>size; // bytes of size/4 values
  let w = tables + load<u32>(tables, 4);
  let to = scratch;
  for (let m: usize = 0; m < quarter; m += 16, w += 96, to += 128) {
    const re = inRe + m;
    const im = inIm + m;
    const ar = v128.load(re), ai = v128.load(im);
    const br = v128.load(re + quarter), bi = v128.load(im + quarter);
    const cr = v128.load(re + 2 * quarter), ci = v128.load(im + 2 * quarter);
    const dr = v128.load(re + 3 * quarter), di = v128.load(im + 3 * quarter);
    const evenR = f32x4.add(ar, cr), evenI = f32x4.add(ai, ci);
    const oddR = f32x4.add(br, dr), oddI = f32x4.add(bi, di);
    const acR = f32x4.sub(ar, cr), acI = f32x4.sub(ai, ci);
    const bdR = f32x4.sub(br, dr), bdI = f32x4.sub(bi, di);
    const y1r = f32x4.add(acR, bdI), y1i = f32x4.sub(acI, bdR); // a − c − i·(b − d)
    const y2r = f32x4.sub(evenR, oddR), y2i = f32x4.sub(evenI, oddI);
    const y3r = f32x4.sub(acR, bdI), y3i = f32x4.add(acI, bdR);
    storeElements(to, f32x4.add(evenR, oddR), productRe(y1r, y1i, w), productRe(y2r, y2i, w + 32), productRe(y3r, y3i, w + 64));
    storeElements(to + 16, f32x4.add(evenI, oddI), productIm(y1r, y1i, w), productIm(y2r, y2i, w + 32), productIm(y3r, y3i, w + 64));
  }
  quadFft(scratch, size >> 2, tables + 16);
  const positions = tables + load<u32>(tables);
  for (let k: usize = 0, bytes = quarter << 2; k < bytes; k += 16) {
    const bin = scratch + load<u32>(positions + (k >> 2));
    v128.store(outRe + k, v128.load(bin));
    v128.store(outIm + k, v128.load(bin, 16));
  }
}

/** Value m of each of the four vectors becomes element m. */
// @ts-ignore: decorator
@inline
function storeElements(to: usize, y0: v128, y1: v128, y2: v128, y3: v128): void {
  const low01 = v128.shuffle<f32>(y0, y1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(y0, y1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(y2, y3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(y2, y3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
  v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
  v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
}

// @ts-ignore: decorator
@inline
function productRe(re: v128, im: v128, w: usize): v128 {
  return f32x4.sub(f32x4.mul(re, v128.load(w)), f32x4.mul(im, v128.load(w, 16)));
}

// @ts-ignore: decorator
@inline
function productIm(re: v128, im: v128, w: usize): v128 {
  return f32x4.add(f32x4.mul(re, v128.load(w, 16)), f32x4.mul(im, v128.load(w)));
}
