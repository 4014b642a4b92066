/**
 * a·b + c, in one instruction where the module is compiled with relaxed SIMD (training: twice as fast, its last bit up to the processor),
 * in two otherwise (serving: the same bytes on every processor).
 */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}
