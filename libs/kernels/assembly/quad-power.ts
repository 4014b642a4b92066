import { quadFft } from './quad-fft';

/*
 * The power spectrogram of a stretch of samples, four frames at a time.
 *
 *     P[t,k] = |Σᵢ w[i]·y[t·hop + i]·e^(−2πi·k·i/N)|²        k = 0 … N/2
 *
 * `pcm`: (frameCount rounded up to 4 − 1)·hop + N samples, of which those past the last frame are read and ignored. `window`: w/2
 * (the half belongs to the real FFT). `twiddles`: of the quad FFT of N/2. `pairs`: for k = 1 … N/4 − 1 the byte offsets of Z[k] and
 * Z[N/2 − k] in the quad FFT's output (u32), then −i·e^(−2πi·k/N) (two f32). `z`: 16·N bytes of scratch. `power`: as quads.
 */
export function quadPower(
  pcm: usize, frameCount: i32, hop: i32, size: i32, window: usize, twiddles: usize, pairs: usize, z: usize, power: usize,
): void {
  const half = size >> 1;
  const quadBytes = (<usize>half + 1) << 4;
  const hopBytes = <usize>hop << 2;
  for (let t = 0; t < frameCount; t += 4) {
    windowed(pcm, hopBytes, <usize>size << 2, window, z);
    quadFft(z, half, twiddles);
    untangle(z, half, pairs, power);
    if (frameCount - t < 4) clearLanes(power, quadBytes, frameCount - t);
    pcm += hopBytes << 2;
    power += quadBytes;
  }
}

/** Four frames times the window, turned so that each sample's four frames lie together: even samples are real parts, odd imaginary. */
// @ts-ignore: decorator
@inline
function windowed(pcm: usize, hopBytes: usize, frameBytes: usize, window: usize, z: usize): void {
  const f1 = pcm + hopBytes;
  const f2 = f1 + hopBytes;
  const f3 = f2 + hopBytes;
  for (let i: usize = 0; i < frameBytes; i += 16) {
    const w = v128.load(window + i);
    const a = f32x4.mul(v128.load(pcm + i), w), b = f32x4.mul(v128.load(f1 + i), w);
    const c = f32x4.mul(v128.load(f2 + i), w), d = f32x4.mul(v128.load(f3 + i), w);
    const t0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), t1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const t2 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), t3 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    const p = z + (i << 2);
    v128.store(p, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
    v128.store(p, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7), 16);
    v128.store(p, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), 32);
    v128.store(p, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7), 48);
  }
}

/** From the complex FFT of half the size to the power of the real one; bins k and N/2 − k come of the same two values. */
// @ts-ignore: decorator
@inline
function untangle(z: usize, half: i32, pairs: usize, power: usize): void {
  const four = f32x4.splat(4);
  const z0r = v128.load(z), z0i = v128.load(z, 16);
  const first = f32x4.add(z0r, z0i), last = f32x4.sub(z0r, z0i);
  let up = power;
  let down = power + (<usize>half << 4);
  v128.store(up, f32x4.mul(four, f32x4.mul(first, first)));
  v128.store(down, f32x4.mul(four, f32x4.mul(last, last)));
  for (let k = 1, middle = half >> 1; k < middle; k++) {
    const a = z + load<u32>(pairs);
    const b = z + load<u32>(pairs, 4);
    const ur = v128.load32_splat(pairs, 8), ui = v128.load32_splat(pairs, 12);
    const ar = v128.load(a), ai = v128.load(a, 16), br = v128.load(b), bi = v128.load(b, 16);
    const er = f32x4.add(ar, br), ei = f32x4.sub(ai, bi);
    const or = f32x4.sub(ar, br), oi = f32x4.add(ai, bi);
    const vr = f32x4.sub(f32x4.mul(ur, or), f32x4.mul(ui, oi)), vi = f32x4.add(f32x4.mul(ur, oi), f32x4.mul(ui, or));
    const xr = f32x4.add(er, vr), xi = f32x4.add(ei, vi);
    const yr = f32x4.sub(er, vr), yi = f32x4.sub(ei, vi);
    up += 16;
    down -= 16;
    v128.store(up, f32x4.add(f32x4.mul(xr, xr), f32x4.mul(xi, xi)));
    v128.store(down, f32x4.add(f32x4.mul(yr, yr), f32x4.mul(yi, yi)));
    pairs += 16;
  }
  // the middle bin is its own partner; the quad FFT leaves it where the digits of N/4 say: the pair that follows the others
  const m = z + load<u32>(pairs);
  const mr = v128.load(m), mi = v128.load(m, 16);
  v128.store(up, f32x4.mul(four, f32x4.add(f32x4.mul(mr, mr), f32x4.mul(mi, mi))), 16);
}

/** Lanes past the last frame become those of a silent frame. */
function clearLanes(power: usize, quadBytes: usize, used: i32): void {
  const lane = i32x4(0, 1, 2, 3);
  const mask = i32x4.lt_s(lane, i32x4.splat(used));
  for (let p = power, end = power + quadBytes; p < end; p += 16) v128.store(p, v128.and(v128.load(p), mask));
}
