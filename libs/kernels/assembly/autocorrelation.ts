import { quadFft } from './quad-fft';

/*
 * Adds to `sums` the power spectra of the windowed frames onset[t … t + length − 1]·window, t = 0 … frameCount − 1, each scaled to
 * energy 1; an all-zero frame adds nothing. The inverse transform of all of it is the sum of the frames' scaled autocorrelations.
 *
 * Eight frames share one quad FFT of `size` ≥ 2·length − 1: four in the real lanes, four in the imaginary ones, so that sums[k] and
 * sums[size − k] belong together. `onset`: (frameCount rounded up to 8) + length − 1 values, those past the last frame ignored.
 * `sums`: four f32 (lanes, to be added) for each position of the quad FFT's output. `z`: 32·size bytes.
 */
export function addAutocorrelations(
  onset: usize, frameCount: i32, length: i32, window: usize, size: i32, twiddles: usize, z: usize, sums: usize,
): void {
  const used = <usize>length << 5;
  const all = <usize>size << 5;
  for (let t = 0; t < frameCount; t += 8, onset += 32) {
    let er = f32x4.splat(0), ei = er;
    let p = z;
    for (let i: usize = 0, n = <usize>length << 2; i < n; i += 4, p += 32) {
      const w = v128.load32_splat(window + i);
      const re = f32x4.mul(w, v128.load(onset + i)), im = f32x4.mul(w, v128.load(onset + i, 16));
      er = f32x4.add(er, f32x4.mul(re, re));
      ei = f32x4.add(ei, f32x4.mul(im, im));
      v128.store(p, re);
      v128.store(p, im, 16);
    }
    const left = frameCount - t;
    er = scaleOf(er, left);
    ei = scaleOf(ei, left - 4);
    if (!v128.any_true(v128.or(er, ei))) continue;
    for (p = z; p < z + used; p += 32) {
      v128.store(p, f32x4.mul(er, v128.load(p)));
      v128.store(p, f32x4.mul(ei, v128.load(p, 16)), 16);
    }
    memory.fill(z + used, 0, all - used);
    quadFft(z, size, twiddles);
    for (let i: usize = 0, s = sums; i < all; i += 32, s += 16) {
      const re = v128.load(z + i), im = v128.load(z + i, 16);
      v128.store(s, f32x4.add(v128.load(s), f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im))));
    }
  }
}

/** 1/√energy; 0 for frames without energy and for those past the last one. */
// @ts-ignore: decorator
@inline
function scaleOf(energy: v128, left: i32): v128 {
  const isUsed = v128.and(i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left)), f32x4.gt(energy, f32x4.splat(1.1754943508222875e-38)));
  return v128.and(isUsed, f32x4.div(f32x4.splat(1), f32x4.sqrt(energy)));
}
