import { held, ln4, maxLane } from './lanes';

/**
 * Power to decibels, in place: x ← 10·log₁₀(max(1e-10, x)). `count` is a multiple of 4. Returns the largest value.
 */
export function decibels(values: usize, count: i32): f32 {
  const least = held(1e-10);
  const scale = held(4.342944819032518);
  let largest = f32x4.splat(-100);
  for (let p = values, end = values + (<usize>count << 2); p < end; p += 16) {
    const db = f32x4.mul(scale, ln4(f32x4.pmax(least, v128.load(p))));
    largest = f32x4.pmax(largest, db);
    v128.store(p, db);
  }
  return maxLane(largest);
}
