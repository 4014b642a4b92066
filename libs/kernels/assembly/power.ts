import { held, ln4, powerAt } from './lanes';

/*
 * The power P = S² of one quad of frames: its running sum, its part in the sum over all frames, and the mean logarithm for the flatness.
 *
 *     running[k] = Σ_{j≤k} P[j]        total[k] += P[k]        logs = 1/K·Σₖ ln(P[k] + 1e-10)
 *
 * `running` and `total`: binCount rows, as a quad (`total` lane by lane). `logs`: four f32. At most 32 mantissas, each below 2, are
 * multiplied before one logarithm is taken, and their exponents added as integers.
 */
export function quadPower(magnitude: usize, binCount: i32, running: usize, total: usize, logs: usize): void {
  const bytes = <usize>binCount << 4;
  const least = held(1e-10);
  const one = held(1);
  const mantissa = held(reinterpret<f32>(0x007fffff));
  const bias = i32x4.splat(127);
  let sum = f32x4.splat(0), logarithms = sum, exponents = i32x4.splat(0);
  let wholes = f64x2.splat(0), moreWholes = wholes;
  for (let i: usize = 0; i < bytes; ) {
    const part = min(bytes, i + 512);
    let product = one;
    exponents = i32x4.splat(0);
    for (; i < part; i += 16) {
      const p = powerAt(magnitude + i);
      sum = f32x4.add(sum, p);
      v128.store(running + i, sum);
      v128.store(total + i, f32x4.add(v128.load(total + i), p));
      const q = f32x4.add(p, least);
      exponents = i32x4.add(exponents, i32x4.sub(i32x4.shr_s(q, 23), bias));
      product = f32x4.mul(product, v128.or(v128.and(q, mantissa), one));
    }
    logarithms = f32x4.add(logarithms, ln4(product));
    wholes = f64x2.add(wholes, f64x2.convert_low_i32x4_s(exponents));
    moreWholes = f64x2.add(moreWholes, f64x2.convert_low_i32x4_s(v128.shuffle<i32>(exponents, exponents, 2, 3, 2, 3)));
  }
  // exponents reach tens of thousands: their part of the sum is taken in f64
  const ln2 = f64x2.splat(0.6931471805599453);
  const k = f64x2.splat(<f64>binCount);
  const low = f64x2.add(f64x2.mul(wholes, ln2), f64x2.promote_low_f32x4(logarithms));
  const high = f64x2.add(f64x2.mul(moreWholes, ln2), f64x2.promote_low_f32x4(v128.shuffle<f32>(logarithms, logarithms, 2, 3, 2, 3)));
  const a = f32x4.demote_f64x2_zero(f64x2.div(low, k));
  const b = f32x4.demote_f64x2_zero(f64x2.div(high, k));
  v128.store(logs, v128.shuffle<f32>(a, b, 0, 1, 4, 5));
}
