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

/** The constants of `ln4` in their order; loading one from memory is a third of making it. ln 2 is 12 bits of it and the rest. */
const ofLn = memory.data<f32>([1, 2, 2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9, 0.693115234375, 3.1946183299e-5]);

/*
 * Natural logarithm of four positive normal numbers, to two units in the last place, by the series of the inverse hyperbolic tangent:
 *
 *     ln x = e·ln 2 + 2s·(1 + s²/3 + s⁴/5 + s⁶/7 + s⁸/9)        x = m·2^e, √½ ≤ m < √2, s = (m − 1)/(m + 1)
 *
 * |s| is below 0.172, so that what the series leaves out is below 3e-9 of it.
 */
// @ts-ignore: decorator
@inline
export function ln4(x: v128): v128 {
  const root = i32x4.splat(0x3f3504f3); // √½; of its distance in bits the upper ones are e
  const distance = i32x4.sub(x, root);
  const e = i32x4.shr_s(distance, 23);
  const m = i32x4.sub(x, i32x4.shl(e, 23));
  const one = v128.load32_splat(ofLn);
  const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const z = f32x4.mul(s, s);
  const first = f32x4.add(v128.load32_splat(ofLn, 8), f32x4.mul(z, v128.load32_splat(ofLn, 12)));
  const second = f32x4.add(v128.load32_splat(ofLn, 16), f32x4.mul(z, v128.load32_splat(ofLn, 20)));
  const rest = f32x4.mul(z, f32x4.add(first, f32x4.mul(f32x4.mul(z, z), second)));
  const ofM = f32x4.mul(s, f32x4.add(v128.load32_splat(ofLn, 4), rest));
  const exponent = f32x4.convert_i32x4_s(e);
  const small = f32x4.add(ofM, f32x4.mul(exponent, v128.load32_splat(ofLn, 28)));
  return f32x4.add(small, f32x4.mul(exponent, v128.load32_splat(ofLn, 24)));
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
