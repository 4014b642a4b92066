import { held, ln4, powerAt } from './lanes';

/*
 * Spectral flatness of each frame: geometric over arithmetic mean of the power.
 *
 *     flatness[t] = exp(1/K·Σₖ ln p[t,k]) / (1/K·Σₖ p[t,k])        p = max(1e-10, S²)
 *
 * Exponents are added as integers and up to 64 mantissas (each below 2) multiplied before one logarithm is taken.
 * `out` gets ln(geometric mean) − the rest is left to the caller: two f32 a frame, first the four mean logarithms, then the four means.
 */
export function quadFlatness(magnitude: usize, quadCount: i32, binCount: i32, out: usize): void {
  const bytes = <usize>binCount << 4;
  const least = held(1e-10);
  const one = held(1);
  const mantissa = held(reinterpret<f32>(0x007fffff));
  const ln2 = f64x2.splat(0.6931471805599453);
  for (let q = 0; q < quadCount; q++) {
    let sum = f32x4.splat(0), logs = sum;
    let exponents = i32x4.splat(0);
    for (let i: usize = 0; i < bytes; ) {
      const part = min(bytes, i + 1024);
      let product = one, here = f32x4.splat(0);
      for (; i < part; i += 16) {
        const p = f32x4.pmax(least, powerAt(magnitude + i));
        here = f32x4.add(here, p);
        exponents = i32x4.add(exponents, i32x4.sub(i32x4.shr_s(p, 23), i32x4.splat(127)));
        product = f32x4.mul(product, v128.or(v128.and(p, mantissa), one));
      }
      sum = f32x4.add(sum, here);
      logs = f32x4.add(logs, ln4(product));
    }
    // exponents reach tens of thousands: their part of the sum is taken in f64
    const k = f64x2.splat(<f64>binCount);
    const low = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_s(exponents), ln2), f64x2.promote_low_f32x4(logs));
    const highExponents = v128.shuffle<i32>(exponents, exponents, 2, 3, 2, 3);
    const highLogs = v128.shuffle<f32>(logs, logs, 2, 3, 2, 3);
    const high = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_s(highExponents), ln2), f64x2.promote_low_f32x4(highLogs));
    const a = f32x4.demote_f64x2_zero(f64x2.div(low, k));
    const b = f32x4.demote_f64x2_zero(f64x2.div(high, k));
    v128.store(out, v128.shuffle<f32>(a, b, 0, 1, 4, 5));
    v128.store(out, f32x4.div(sum, f32x4.splat(<f32>binCount)), 16);
    magnitude += bytes;
    out += 32;
  }
}
