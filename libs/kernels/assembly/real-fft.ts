import { complexFft } from './complex-fft';

/*
 * The FFT of `size` real samples (a power of two ≥ 32), by one complex FFT of half the size.
 *
 *     X[k] = Σₙ x[n]·e^(−2πi·k·n/size)        k = 0 … size/2
 *
 * `x` has `size` values, `re` and `im` have size/2 + 1 each. `half` are the tables of the complex FFT of size/2; `turns` the pairs of
 * vectors −i·e^(−2πi·k/size), k = 0 … size/4 − 1 (`realFftTurns`). `scratch`: 12·size + 64 bytes. Nothing overlaps.
 */
export function realFftForward(x: usize, re: usize, im: usize, size: i32, half: usize, turns: usize, scratch: usize): void {
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
  store<f32>(zr + bytes, load<f32>(zr)); // Z is periodic: Z[size/2] = Z[0]
  store<f32>(zi + bytes, load<f32>(zi));

  const e = f32x4.splat(0.5);
  for (let k: usize = 0, middle = bytes >> 1; k < middle; k += 16) {
    const m = bytes - k - 12;
    const ar = v128.load(zr + k), ai = v128.load(zi + k);
    let br = v128.load(zr + m), bi = v128.load(zi + m);
    br = v128.shuffle<f32>(br, br, 3, 2, 1, 0);
    bi = v128.shuffle<f32>(bi, bi, 3, 2, 1, 0);
    const er = f32x4.mul(e, f32x4.add(ar, br)), ei = f32x4.mul(e, f32x4.sub(ai, bi));
    const or = f32x4.mul(e, f32x4.sub(ar, br)), oi = f32x4.mul(e, f32x4.add(ai, bi));
    const ur = v128.load(turns + (k << 1)), ui = v128.load(turns + (k << 1), 16);
    const vr = f32x4.sub(f32x4.mul(ur, or), f32x4.mul(ui, oi)), vi = f32x4.add(f32x4.mul(ur, oi), f32x4.mul(ui, or));
    const hr = f32x4.sub(er, vr), hi = f32x4.sub(vi, ei);
    v128.store(re + k, f32x4.add(er, vr));
    v128.store(im + k, f32x4.add(ei, vi));
    v128.store(re + m, v128.shuffle<f32>(hr, hr, 3, 2, 1, 0));
    v128.store(im + m, v128.shuffle<f32>(hi, hi, 3, 2, 1, 0));
  }
  store<f32>(re + (bytes >> 1), load<f32>(zr + (bytes >> 1)));
  store<f32>(im + (bytes >> 1), -load<f32>(zi + (bytes >> 1)));
}

/** The inverse of `realFftForward`, scaled so that it gives x back: x[n] = 1/size · Σₖ X[k]·e^(2πi·k·n/size) over all bins. */
export function realFftInverse(re: usize, im: usize, x: usize, size: i32, half: usize, turns: usize, scratch: usize): void {
  const count = size >> 1;
  const bytes = <usize>count << 2;
  const zr = scratch;
  const zi = zr + bytes + 16;
  const e = f32x4.splat(0.5 / <f32>count);
  for (let k: usize = 0, middle = bytes >> 1; k < middle; k += 16) {
    const m = bytes - k - 12;
    const ar = v128.load(re + k), ai = v128.load(im + k);
    let br = v128.load(re + m), bi = v128.load(im + m);
    br = v128.shuffle<f32>(br, br, 3, 2, 1, 0);
    bi = v128.shuffle<f32>(bi, bi, 3, 2, 1, 0);
    const er = f32x4.mul(e, f32x4.add(ar, br)), ei = f32x4.mul(e, f32x4.sub(ai, bi));
    const vr = f32x4.mul(e, f32x4.sub(ar, br)), vi = f32x4.mul(e, f32x4.add(ai, bi));
    const ur = v128.load(turns + (k << 1)), ui = v128.load(turns + (k << 1), 16);
    const or = f32x4.add(f32x4.mul(vr, ur), f32x4.mul(vi, ui)), oi = f32x4.sub(f32x4.mul(vi, ur), f32x4.mul(vr, ui));
    const hr = f32x4.sub(er, or), hi = f32x4.sub(oi, ei);
    v128.store(zr + k, f32x4.add(er, or));
    v128.store(zi + k, f32x4.add(ei, oi));
    v128.store(zr + m, v128.shuffle<f32>(hr, hr, 3, 2, 1, 0));
    v128.store(zi + m, v128.shuffle<f32>(hi, hi, 3, 2, 1, 0));
  }
  const scale = <f32>1 / <f32>count;
  store<f32>(zr + (bytes >> 1), scale * load<f32>(re + (bytes >> 1)));
  store<f32>(zi + (bytes >> 1), -scale * load<f32>(im + (bytes >> 1)));
  complexFft(zi, zr, zi, zr, count, half, zi + bytes + 16); // swapped: the inverse
  for (let i: usize = 0; i < bytes; i += 16) {
    const a = v128.load(zr + i), b = v128.load(zi + i);
    v128.store(x + (i << 1), v128.shuffle<f32>(a, b, 0, 4, 1, 5));
    v128.store(x + (i << 1), v128.shuffle<f32>(a, b, 2, 6, 3, 7), 16);
  }
}
