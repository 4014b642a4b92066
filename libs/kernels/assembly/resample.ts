/*
 * The two loops of resampling by a filter in the frequency domain and a short interpolator behind it.
 */

/** X[k] ← H[k]·X[k] for a real response H: `binCount` values each. Arrays are padded to a multiple of 4. */
export function scaleSpectrum(re: usize, im: usize, response: usize, binCount: i32): void {
  for (let i: usize = 0, end = <usize>binCount << 2; i < end; i += 16) {
    const h = v128.load(response + i);
    v128.store(re + i, f32x4.mul(v128.load(re + i), h));
    v128.store(im + i, f32x4.mul(v128.load(im + i), h));
  }
}

/*
 *     out[m] = Σⱼ table[p·tapCount + j]·z[q + j]        m·step + start = q·phaseCount + p, 0 ≤ p < phaseCount, 0 ≤ j < tapCount
 *
 * `tapCount` is a multiple of 4; `start` < phaseCount.
 */
export function interpolate(
  z: usize, table: usize, out: usize, count: i32, tapCount: i32, start: i32, step: i32, phaseCount: i32,
): void {
  const rowBytes = <usize>tapCount << 2;
  const wholeStep = <usize>(step / phaseCount) << 2;
  const phaseStep = step % phaseCount;
  let phase = start;
  for (let end = out + (<usize>count << 2); out < end; out += 4) {
    let sum = f32x4.splat(0);
    let row = table + <usize>phase * rowBytes;
    for (let at = z, last = z + rowBytes; at < last; at += 16, row += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(at), v128.load(row)));
    const pairs = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 2, 3));
    store<f32>(out, f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1));
    z += wholeStep;
    phase += phaseStep;
    if (phase >= phaseCount) {
      phase -= phaseCount;
      z += 4;
    }
  }
}
