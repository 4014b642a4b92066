/*
 * Spectral peaks for the tuning estimate (librosa's `piptrack` on power).
 *
 * A peak: P[k] > 0.1·max_j P[j], P[k] > P[k−1], P[k] ≥ P[k+1], firstBin ≤ k < endBin. With b = (P[k+1] − P[k−1])/2 and
 * a = P[k+1] + P[k−1] − 2P[k] its shift is −b/a (0 when |b| ≥ |a|), its pitch (k + shift)·binHz, its height
 * P[k] + ½·b·shift. `out` gets (height, pitch) pairs, two f32 each, at most binCount/2 a frame; the number of pairs is returned.
 */
export function quadPeaks(
  power: usize, quadCount: i32, binCount: i32, firstBin: i32, endBin: i32, binHz: f64, scratch: usize, out: usize,
): i32 {
  const bytes = <usize>binCount << 4;
  const half = f32x4.splat(0.5);
  const begin = out;
  for (let q = 0; q < quadCount; q++) {
    let m0 = f32x4.splat(0), m1 = m0;
    for (let i: usize = 16; i < bytes; i += 32) {
      m0 = f32x4.pmax(m0, v128.load(power + i));
      m1 = f32x4.pmax(m1, v128.load(power + i - 16));
    }
    m0 = f32x4.pmax(m0, v128.load(power + bytes - 16));
    const threshold = f32x4.mul(f32x4.splat(0.1), f32x4.pmax(m0, m1));
    const end = power + (<usize>endBin << 4);
    let p = power + (<usize>firstBin << 4);
    let left = v128.load(p - 16);
    let here = v128.load(p);
    for (let k = firstBin; p < end; p += 16, k++) {
      const right = v128.load(p, 16);
      const isPeak = v128.and(v128.and(f32x4.gt(here, threshold), f32x4.gt(here, left)), f32x4.ge(here, right));
      let lanes = i32x4.bitmask(isPeak);
      if (lanes != 0) {
        const b = f32x4.mul(half, f32x4.sub(right, left));
        const a = f32x4.sub(f32x4.add(right, left), f32x4.add(here, here));
        const shift = v128.and(f32x4.neg(f32x4.div(b, a)), f32x4.lt(f32x4.abs(b), f32x4.abs(a)));
        v128.store(scratch, f32x4.add(here, f32x4.mul(f32x4.mul(half, b), shift)));
        v128.store(scratch, shift, 16);
        for (; lanes != 0; lanes &= lanes - 1) {
          const lane = scratch + (<usize>ctz(lanes) << 2);
          store<f32>(out, load<f32>(lane));
          store<f32>(out, <f32>((<f64>k + <f64>load<f32>(lane, 16)) * binHz), 4);
          out += 8;
        }
      }
      left = here;
      here = right;
    }
    power += bytes;
  }
  return <i32>((out - begin) >> 3);
}
