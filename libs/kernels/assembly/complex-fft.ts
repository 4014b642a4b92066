import { quadFft } from './quad-fft';

/*
 * One complex FFT of `size` points (a power of two ≥ 16), from split arrays to split arrays, in natural order:
 *
 *     X[k] = Σₙ x[n]·e^(−2πi·k·n/size)
 *
 * The sequence is dealt to four lanes (lane l holds x[4m + l]), the lanes are transformed together, and one radix 4 step joins
 * them: X[k + p·size/4] = Σ_l W^(l·k)·(−i)^(l·p)·F_l[k]. Input and output may be the same arrays. For the inverse, swap the real
 * and imaginary arrays on both sides and divide by `size`.
 *
 * `tables`: as laid out by `complexFftTables` in ../src/fft-tables.ts. `scratch`: 8·size bytes.
 */
export function complexFft(inRe: usize, inIm: usize, outRe: usize, outIm: usize, size: i32, tables: usize, scratch: usize): void {
  const lanes = size >> 2;
  const bytes = <usize>lanes << 4;
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(scratch + (i << 1), v128.load(inRe + i));
    v128.store(scratch + (i << 1), v128.load(inIm + i), 16);
  }
  const positions = tables + load<u32>(tables);
  const join = tables + load<u32>(tables, 4);
  quadFft(scratch, lanes, tables + 16);
  const step = <usize>lanes << 2;
  for (let k: usize = 0; k < step; k += 16) {
    const z0 = scratch + load<u32>(positions + k);
    const z1 = scratch + load<u32>(positions + k, 4);
    const z2 = scratch + load<u32>(positions + k, 8);
    const z3 = scratch + load<u32>(positions + k, 12);
    let a = v128.load(z0), b = v128.load(z1), c = v128.load(z2), d = v128.load(z3);
    let t0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), t1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    let t2 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), t3 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    const ar = v128.shuffle<f32>(t0, t2, 0, 1, 4, 5), br = v128.shuffle<f32>(t0, t2, 2, 3, 6, 7);
    const cr = v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), dr = v128.shuffle<f32>(t1, t3, 2, 3, 6, 7);
    a = v128.load(z0, 16); b = v128.load(z1, 16); c = v128.load(z2, 16); d = v128.load(z3, 16);
    t0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5); t1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    t2 = v128.shuffle<f32>(c, d, 0, 4, 1, 5); t3 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    const ai = v128.shuffle<f32>(t0, t2, 0, 1, 4, 5), bi = v128.shuffle<f32>(t0, t2, 2, 3, 6, 7);
    const ci = v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), di = v128.shuffle<f32>(t1, t3, 2, 3, 6, 7);

    const w = join + k * 6;
    const b1r = v128.load(w), b1i = v128.load(w, 16);
    const c1r = v128.load(w, 32), c1i = v128.load(w, 48);
    const d1r = v128.load(w, 64), d1i = v128.load(w, 80);
    const xr = f32x4.sub(f32x4.mul(br, b1r), f32x4.mul(bi, b1i)), xi = f32x4.add(f32x4.mul(br, b1i), f32x4.mul(bi, b1r));
    const yr = f32x4.sub(f32x4.mul(cr, c1r), f32x4.mul(ci, c1i)), yi = f32x4.add(f32x4.mul(cr, c1i), f32x4.mul(ci, c1r));
    const zr = f32x4.sub(f32x4.mul(dr, d1r), f32x4.mul(di, d1i)), zi = f32x4.add(f32x4.mul(dr, d1i), f32x4.mul(di, d1r));

    const s0r = f32x4.add(ar, yr), s0i = f32x4.add(ai, yi);
    const s1r = f32x4.sub(ar, yr), s1i = f32x4.sub(ai, yi);
    const s2r = f32x4.add(xr, zr), s2i = f32x4.add(xi, zi);
    const s3r = f32x4.sub(xi, zi), s3i = f32x4.sub(zr, xr); // −i·(x − z)
    const re = outRe + k;
    const im = outIm + k;
    v128.store(re, f32x4.add(s0r, s2r));
    v128.store(im, f32x4.add(s0i, s2i));
    v128.store(re + step, f32x4.add(s1r, s3r));
    v128.store(im + step, f32x4.add(s1i, s3i));
    v128.store(re + 2 * step, f32x4.sub(s0r, s2r));
    v128.store(im + 2 * step, f32x4.sub(s0i, s2i));
    v128.store(re + 3 * step, f32x4.sub(s1r, s3r));
    v128.store(im + 3 * step, f32x4.sub(s1i, s3i));
  }
}
