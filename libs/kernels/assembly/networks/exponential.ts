/*
 * eˣ of four numbers to two units in the last place: x = n·ln 2 + r with |r| ≤ ln 2 / 2, eʳ by its Taylor series to r⁷ / 7!, 2ⁿ by the
 * bits of the exponent. x is held between −87 and 88, where f32 has room.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87)), f32x4.splat(88));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375))), f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let sum = f32x4.splat(1.0 / 5040);
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 720));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 120));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 24));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 6));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  return i32x4.add(sum, i32x4.shl(i32x4.trunc_sat_f32x4_s(n), 23));
}

/** 1 / (1 + e⁻ˣ) */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/** tanh x = 1 − 2 / (e²ˣ + 1), and near 0, where that loses digits, x − x³/3 + 2x⁵/15 − 17x⁷/315. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const one = f32x4.splat(1);
  const two = f32x4.splat(2);
  const far = f32x4.sub(one, f32x4.div(two, f32x4.add(exp4(f32x4.mul(two, x)), one)));
  const z = f32x4.mul(x, x);
  let near = f32x4.add(f32x4.mul(z, f32x4.splat(-17.0 / 315)), f32x4.splat(2.0 / 15));
  near = f32x4.add(f32x4.mul(near, z), f32x4.splat(-1.0 / 3));
  near = f32x4.add(x, f32x4.mul(f32x4.mul(near, z), x));
  return v128.bitselect(near, far, f32x4.lt(z, f32x4.splat(0.01)));
}
