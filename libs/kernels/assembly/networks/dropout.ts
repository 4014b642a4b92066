/*
 * Dropout of one row: y[p][c] = x[p][c] / keep, or 0. Whether a value stays is a pure function of the row's key and its index
 *
 *     h = mix(index ⊕ key)      stays where h (unsigned) < keep·2³²
 *
 * so that the way back, and a repeated step, drop the same. `period` is how many values there are to decide on: positions · channels for
 * each by itself, channels to drop whole channels. All counts are multiples of four; y may be x.
 */
export function dropRow(x: usize, count: i32, period: i32, key: i32, keep: f32, y: usize): void {
  const keys = i32x4.splat(key);
  const limit = i32x4.splat(<i32>(<u32>(<f64>keep * 4294967295.0)));
  const scale = f32x4.splat(1 / keep);
  for (let first = 0; first < count; first += period) {
    let index = i32x4(0, 1, 2, 3);
    for (let i = 0; i < period; i += 4, x += 16, y += 16) {
      const stays = i32x4.le_u(mix(v128.xor(index, keys)), limit);
      v128.store(y, v128.and(f32x4.mul(v128.load(x), scale), stays));
      index = i32x4.add(index, i32x4.splat(4));
    }
  }
}

/** Spreads the bits of four integers, as `Random` of libs/learning does (the constants of "lowbias32", C. Wellons). */
// @ts-ignore: decorator
@inline
function mix(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(<i32>0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}
