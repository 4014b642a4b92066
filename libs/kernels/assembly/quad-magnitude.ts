import { positionsIn, storeTransposed, transformed, turnsIn } from './real-quads';

/*
 * The magnitude spectrogram of a stretch of samples, four frames at a time.
 *
 *     X[t,k] = Σᵢ w[i]·y[t·hop + i]·e^(−2πi·k·i/N)        S[t,k] = |X[t,k]|        k = 0 … N/2
 *
 * `pcm`: (frameCount rounded up to 4 − 1)·hop + N samples, of which those past the last frame are read and ignored. `window`: w/2, for the
 * transform gives E and O twofold (real-quads.ts). `work`: 16·N bytes. `out`: N/2 + 1 rows, as quads.
 */
export function quadMagnitude(
  pcm: usize, frameCount: i32, hop: i32, size: i32, window: usize, tables: usize, work: usize, out: usize,
): void {
  const quadBytes = ((<usize>size >> 1) + 1) << 4;
  const stride = <usize>hop << 2;
  for (let t = 0; t < frameCount; t += 4, pcm += stride << 2, out += quadBytes) {
    for (let i: usize = 0, end = <usize>size << 2; i < end; i += 16) {
      const w = v128.load(window + i);
      const p = pcm + i;
      const a = f32x4.mul(w, v128.load(p)), b = f32x4.mul(w, v128.load(p + stride));
      const c = f32x4.mul(w, v128.load(p + 2 * stride)), d = f32x4.mul(w, v128.load(p + 3 * stride));
      storeTransposed(a, b, c, d, work + (i << 2));
    }
    transformed(work, size, tables);
    magnitudes(work, size, tables, out);
    if (frameCount - t < 4) clearLanes(out, quadBytes, frameCount - t);
  }
}

/** |X[k]| and |X[H − k]| of each pair, H = size/2. */
// @ts-ignore: decorator
@inline
function magnitudes(z: usize, size: i32, tables: usize, out: usize): void {
  const half = <usize>size << 3; // bytes of H quads
  const re = v128.load(z), im = v128.load(z, 16);
  v128.store(out, twice(f32x4.abs(f32x4.add(re, im))));
  v128.store(out + half, twice(f32x4.abs(f32x4.sub(re, im))));
  let up = positionsIn(tables) + 4, down = positionsIn(tables) + (<usize>size << 1) - 4;
  let turn = turnsIn(tables) + 8;
  let low = out + 16, high = out + half - 16;
  for (; low < high; low += 16, high -= 16, up += 4, down -= 4, turn += 8) {
    const a = z + load<u32>(up), b = z + load<u32>(down);
    const ar = v128.load(a), ai = v128.load(a, 16), br = v128.load(b), bi = v128.load(b, 16);
    const wr = v128.load32_splat(turn), wi = v128.load32_splat(turn, 4);
    const er = f32x4.add(ar, br), ei = f32x4.sub(ai, bi);
    const or = f32x4.add(ai, bi), oi = f32x4.sub(br, ar);
    const tr = f32x4.sub(f32x4.mul(wr, or), f32x4.mul(wi, oi)), ti = f32x4.add(f32x4.mul(wr, oi), f32x4.mul(wi, or));
    v128.store(low, magnitude(f32x4.add(er, tr), f32x4.add(ei, ti)));
    v128.store(high, magnitude(f32x4.sub(er, tr), f32x4.sub(ei, ti)));
  }
  const middle = z + load<u32>(up);
  v128.store(low, twice(magnitude(v128.load(middle), v128.load(middle, 16))));
}

// @ts-ignore: decorator
@inline
function twice(x: v128): v128 {
  return f32x4.add(x, x);
}

// @ts-ignore: decorator
@inline
function magnitude(re: v128, im: v128): v128 {
  return f32x4.sqrt(f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im)));
}

/** Lanes past the last frame become those of a silent frame. */
function clearLanes(quad: usize, quadBytes: usize, used: i32): void {
  const lane = i32x4(0, 1, 2, 3);
  const mask = i32x4.lt_s(lane, i32x4.splat(used));
  for (let p = quad, end = quad + quadBytes; p < end; p += 16) v128.store(p, v128.and(v128.load(p), mask));
}
