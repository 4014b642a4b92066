import { held, powerAt } from './lanes';

/*
 * Spectral peaks for the tuning estimate (librosa's `piptrack` on power).
 *
 * P = S². A peak: P[k] > 0.1·max_j P[j], P[k] > P[k−1], P[k] ≥ P[k+1], firstBin ≤ k < endBin. With b = (P[k+1] − P[k−1])/2 and
 * a = P[k+1] + P[k−1] − 2P[k] its shift is −b/a (0 when |b| ≥ |a|), its pitch (k + shift)·binHz, its height
 * P[k] + ½·b·shift. `out` gets (height, pitch) pairs of one quad, two f32 each, at most binCount/2 a frame and one to spare; the number of
 * pairs is returned, and −1 where one of the comparisons is decided by less than `doubt` of P[k].
 */
export function quadPeaks(magnitude: usize, binCount: i32, firstBin: i32, endBin: i32, binHz: f64, doubt: f32, out: usize): i32 {
  const bytes = <usize>binCount << 4;
  const begin = out;
  const nearly = held(doubt);
  let m0 = f32x4.splat(0), m1 = m0;
  for (let i: usize = 16; i < bytes; i += 32) {
    m0 = f32x4.pmax(m0, v128.load(magnitude + i));
    m1 = f32x4.pmax(m1, v128.load(magnitude + i - 16));
  }
  m0 = f32x4.pmax(m0, v128.load(magnitude + bytes - 16));
  m0 = f32x4.pmax(m0, m1);
  const threshold = f32x4.mul(f32x4.splat(0.1), f32x4.mul(m0, m0));
  const margin = f32x4.mul(nearly, threshold);
  const surelyNot = f32x4.sub(threshold, margin), surely = f32x4.add(threshold, margin);
  let doubts = f32x4.splat(0);
  const end = magnitude + (<usize>endBin << 4);
  let p = magnitude + (<usize>firstBin << 4);
  let left = powerAt(p - 16);
  let here = powerAt(p);
  for (let k = firstBin; p < end; p += 16, k++) {
    const right = powerAt(p + 16);
    const isHigh = f32x4.gt(here, surelyNot);
    if (v128.any_true(isHigh)) {
      const isNear = f32x4.lt(f32x4.abs(f32x4.sub(here, left)), f32x4.mul(nearly, here));
      doubts = v128.or(doubts, v128.or(v128.and(isHigh, isNear), v128.xor(isHigh, f32x4.gt(here, surely))));
      out = storePeaks(left, here, right, threshold, k, binHz, out);
    }
    left = here;
    here = right;
  }
  if (v128.any_true(doubts)) return -1;
  return <i32>((out - begin) >> 3);
}

/** The pairs of the lanes where bin k is a peak; returns where the next ones go. */
// @ts-ignore: decorator
@inline
function storePeaks(left: v128, here: v128, right: v128, threshold: v128, k: i32, binHz: f64, out: usize): usize {
  const half = f32x4.splat(0.5);
  const isPeak = v128.and(v128.and(f32x4.gt(here, threshold), f32x4.gt(here, left)), f32x4.ge(here, right));
  const lanes = i32x4.bitmask(isPeak);
  if (lanes == 0) return out;
  const b = f32x4.mul(half, f32x4.sub(right, left));
  const a = f32x4.sub(f32x4.add(right, left), f32x4.add(here, here));
  const shift = v128.and(f32x4.neg(f32x4.div(b, a)), f32x4.lt(f32x4.abs(b), f32x4.abs(a)));
  const height = f32x4.add(here, f32x4.mul(f32x4.mul(half, b), shift));
  const low = pitches(shift, k, binHz), high = pitches(v128.shuffle<f32>(shift, shift, 2, 3, 2, 3), k, binHz);
  const pairs = v128.shuffle<f32>(height, low, 0, 4, 1, 5), pairs2 = v128.shuffle<f32>(height, high, 2, 4, 3, 5);
  v128.store64_lane(out, pairs, 0); // all four, of which the next one overwrites what is no peak
  out += (lanes & 1) << 3;
  v128.store64_lane(out, pairs, 1);
  out += (lanes & 2) << 2;
  v128.store64_lane(out, pairs2, 0);
  out += (lanes & 4) << 1;
  v128.store64_lane(out, pairs2, 1);
  return out + (lanes & 8);
}

/** (k + shift)·binHz of the first two lanes, in f64, rounded to f32. */
// @ts-ignore: decorator
@inline
function pitches(shift: v128, k: i32, binHz: f64): v128 {
  return f32x4.demote_f64x2_zero(f64x2.mul(f64x2.add(f64x2.splat(<f64>k), f64x2.promote_low_f32x4(shift)), f64x2.splat(binHz)));
}
