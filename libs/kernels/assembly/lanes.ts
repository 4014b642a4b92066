/*
 * Frames go through the feature kernels in groups of four, one frame in each SIMD lane ("quads"): a matrix of R rows lies as
 * [quad][row][lane], 16·R bytes a quad. Lanes past the last frame hold what an all-zero frame gives.
 */

const cell = memory.data(8, 8);

/** A constant in all lanes for the loop that follows. V8 builds a vector constant anew at each use, in three instructions. */
// @ts-ignore: decorator
@inline
export function held(value: f32): v128 {
  store<f32>(cell, value);
  return v128.load32_splat(cell);
}

/** The same for f64. */
// @ts-ignore: decorator
@inline
export function held64(value: f64): v128 {
  store<f64>(cell, value);
  return v128.load64_splat(cell);
}

/** The power of a magnitude, P = S² in f32, as numpy squares it. */
// @ts-ignore: decorator
@inline
export function powerAt(magnitude: usize): v128 {
  const s = v128.load(magnitude);
  return f32x4.mul(s, s);
}

/** The constants of `ln4` in their order; loading one from memory is a third of making it. */
const ofLn = memory.data<f32>([
  1, 6.7466400564e-2, -1.1675652117e-1, 1.1888162047e-1, -1.2405589223e-1, 1.4219552279e-1, -1.6667996347e-1, 2.0002119243e-1,
  -2.5000008941e-1, 3.3333313465e-1, 3.1946183299e-5, 0.5, 0.693115234375,
]);

/** Natural logarithm of four positive normal numbers, to one unit in the last place: t − t²/2 + t³·P(t) + e·ln 2 (../fit-logarithm.py). */
// @ts-ignore: decorator
@inline
export function ln4(x: v128): v128 {
  // x = m·2^e with m in [√½, √2)
  const shifted = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const e = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const m = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const t = f32x4.sub(m, v128.load32_splat(ofLn));
  const z = f32x4.mul(t, t);
  let y = v128.load32_splat(ofLn, 4);
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(ofLn, 8));
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(ofLn, 12));
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(ofLn, 16));
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(ofLn, 20));
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(ofLn, 24));
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(ofLn, 28));
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(ofLn, 32));
  y = f32x4.add(f32x4.mul(y, t), v128.load32_splat(ofLn, 36));
  y = f32x4.mul(f32x4.mul(y, t), z);
  y = f32x4.add(y, f32x4.mul(e, v128.load32_splat(ofLn, 40)));
  y = f32x4.sub(y, f32x4.mul(v128.load32_splat(ofLn, 44), z));
  return f32x4.add(f32x4.add(t, y), f32x4.mul(e, v128.load32_splat(ofLn, 48)));
}

/** The largest of the four lanes. */
// @ts-ignore: decorator
@inline
export function maxLane(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}
