/*
 * The loops of resampling in the time domain. Sums run in soxr's order: four partial sums, then (s0 + s2) + (s1 + s3).
 */

// @ts-ignore: decorator
@inline
function sumOfLanes(sum: v128): f32 {
  const pairs = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 2, 3));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
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
    store<f32>(out, sumOfLanes(sum));
    z += wholeStep;
    phase += phaseStep;
    if (phase >= phaseCount) {
      phase -= phaseCount;
      z += 4;
    }
  }
}

/*
 * The same where there are too many phases to keep a row of weights for each: between two of 2^phaseBits rows a weight is
 * (c·x + b)·x + a, x = 0 … 1 (`order` 2), or b·x + a (`order` 1). For each four taps the table has the vectors c, b, a (or b, a).
 * Positions and step count 2^−32 of a sample of z.
 */
export function interpolateBetween(
  z: usize, table: usize, out: usize, count: i32, tapCount: i32, start: f64, step: f64, phaseBits: i32, order: i32,
): void {
  const bytes = <usize>tapCount << 2;
  const rowBytes = bytes * <usize>(order + 1);
  let position = <u64>start;
  for (let end = out + (<usize>count << 2); out < end; out += 4, position += <u64>step) {
    const fraction = <u32>position;
    const x = f32x4.splat(<f32>(<f64>(fraction << phaseBits) * (1.0 / 4294967296.0)));
    let row = table + <usize>(fraction >> (32 - phaseBits)) * rowBytes;
    let at = z + (<usize>(position >> 32) << 2);
    let sum = f32x4.splat(0);
    for (const last = at + bytes; at < last; at += 16, row += 32) {
      let weight = v128.load(row);
      if (order == 2) {
        weight = f32x4.add(f32x4.mul(weight, x), v128.load(row, 16));
        row += 16;
      }
      weight = f32x4.add(f32x4.mul(weight, x), v128.load(row, 16));
      sum = f32x4.add(f32x4.mul(weight, v128.load(at)), sum);
    }
    store<f32>(out, sumOfLanes(sum));
  }
}

/*
 *     out[m] = ½·z[2m] + Σⱼ weights[j]·(z[2m + 2j + 1] + z[2m − 2j − 1])        0 ≤ j < weightCount, 8 or 9
 */
export function halve(z: usize, weights: usize, out: usize, count: i32, weightCount: i32): void {
  const w0 = v128.load(weights), w1 = v128.load(weights, 16);
  const half = f32x4(0.5, 0, 0, 0);
  for (let end = out + (<usize>count << 2); out < end; out += 4, z += 8) {
    const first = v128.load(z);
    let after = v128.shuffle<f32>(first, v128.load(z, 16), 1, 3, 5, 7);
    let before = v128.shuffle<f32>(v128.load(z - 16), v128.load(z - 32), 3, 1, 7, 5);
    let sum = f32x4.add(f32x4.mul(half, first), f32x4.mul(f32x4.add(after, before), w0));
    after = v128.shuffle<f32>(v128.load(z, 32), v128.load(z, 48), 1, 3, 5, 7);
    before = v128.shuffle<f32>(v128.load(z - 48), v128.load(z - 64), 3, 1, 7, 5);
    sum = f32x4.add(sum, f32x4.mul(f32x4.add(after, before), w1));
    if (weightCount == 9) {
      const ninth = (load<f32>(z, 68) + load<f32>(z - 68)) * load<f32>(weights, 32);
      sum = f32x4.replace_lane(sum, 0, f32x4.extract_lane(sum, 0) + ninth);
    }
    store<f32>(out, sumOfLanes(sum));
  }
}
