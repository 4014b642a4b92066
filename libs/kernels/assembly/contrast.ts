import { ln4 } from './lanes';

/*
 * Spectral contrast: how far the peaks of a band stand above its valleys, in dB.
 *
 *     contrast[t,b] = 20·log₁₀((top[t,b] + 1e-6) / (bottom[t,b] + 1e-6))
 *     top, bottom = mean of the m greatest, of the m smallest magnitudes of the band; m = max(1, ⌊bins/10⌋)
 *
 * `edges`: bandCount + 1 first bins (u32), each band with one bin at least. `out`: bandCount rows, as quads.
 */
export function quadContrast(magnitude: usize, quadCount: i32, binCount: i32, edges: usize, bandCount: i32, out: usize): void {
  const least = f32x4.splat(1e-6);
  const scale = f32x4.splat(8.685889638065037); // 20/ln 10
  for (let q = 0; q < quadCount; q++, magnitude += <usize>binCount << 4) {
    for (let band = 0; band < bandCount; band++, out += 16) {
      const first = load<u32>(edges + (<usize>band << 2)), end = load<u32>(edges + (<usize>band << 2), 4);
      const from = magnitude + (<usize>first << 4), to = magnitude + (<usize>end << 4);
      const m = max<i32>(1, (end - first) / 10);
      const top = meanOfExtremes(from, to, m, true), bottom = meanOfExtremes(from, to, m, false);
      const ratio = f32x4.div(f32x4.add(top, least), f32x4.add(bottom, least));
      v128.store(out, f32x4.mul(scale, ln4(ratio)));
    }
  }
}

/*
 * The mean of the m greatest (or smallest) of a lane's values, all four lanes at once. Numbers ≥ 0 have the order of their bits, so the m-th
 * is found by halving the range of bits between the smallest and the greatest, until as many as m are on its far side or one pattern is left.
 */
// @ts-ignore: decorator
@inline
function meanOfExtremes(from: usize, to: usize, m: i32, isTop: bool): v128 {
  let smallest = v128.load(from), greatest = smallest;
  for (let p = from + 16; p < to; p += 16) {
    const x = v128.load(p);
    smallest = f32x4.pmin(smallest, x);
    greatest = f32x4.pmax(greatest, x);
  }
  if (m == 1) return isTop ? greatest : smallest;
  const wanted = i32x4.splat(m);
  const one = i32x4.splat(1);
  // `found` has at least m values at it or beyond it, `missed` fewer
  let found = isTop ? smallest : greatest;
  let missed = isTop ? i32x4.add(greatest, one) : i32x4.sub(smallest, one);
  for (;;) {
    const distance = i32x4.abs(i32x4.sub(missed, found));
    if (!v128.any_true(i32x4.gt_s(distance, one))) break;
    const at = i32x4.add(found, i32x4.shr_s(i32x4.sub(missed, found), 1));
    const count = countAtOrBeyond(from, to, at, isTop);
    const isFound = i32x4.ge_s(count, wanted);
    found = v128.bitselect(at, found, isFound);
    missed = v128.bitselect(missed, at, isFound);
    // exactly m: no need to know the pattern itself
    const isExact = i32x4.eq(count, wanted);
    missed = v128.bitselect(isTop ? i32x4.add(found, one) : i32x4.sub(found, one), missed, isExact);
  }
  // what lies beyond `found`, and as often `found` itself as are lacking
  let sum = f32x4.splat(0), beyond = i32x4.splat(0);
  for (let p = from; p < to; p += 16) {
    const x = v128.load(p);
    const isBeyond = isTop ? f32x4.gt(x, found) : f32x4.lt(x, found);
    sum = f32x4.add(sum, v128.and(x, isBeyond));
    beyond = i32x4.sub(beyond, isBeyond);
  }
  const lacking = f32x4.convert_i32x4_s(i32x4.sub(wanted, beyond));
  return f32x4.div(f32x4.add(sum, f32x4.mul(lacking, found)), f32x4.splat(<f32>m));
}

/** How many values are at `at` or beyond it. */
// @ts-ignore: decorator
@inline
function countAtOrBeyond(from: usize, to: usize, at: v128, isTop: bool): v128 {
  let a = i32x4.splat(0), b = a;
  let p = from;
  for (; p + 16 < to; p += 32) {
    const x = v128.load(p), y = v128.load(p, 16);
    a = i32x4.sub(a, isTop ? i32x4.ge_s(x, at) : i32x4.le_s(x, at));
    b = i32x4.sub(b, isTop ? i32x4.ge_s(y, at) : i32x4.le_s(y, at));
  }
  if (p < to) {
    const x = v128.load(p);
    a = i32x4.sub(a, isTop ? i32x4.ge_s(x, at) : i32x4.le_s(x, at));
  }
  return i32x4.add(a, b);
}
