import { Geometry, blockPositions, firstPlace, nextPlaces, places } from './geometry';
import { madd } from './madd';
import { firstFour, storePart } from './parts';

/*
 * The gradient of a convolution's weights, added to what stands in `gradient`:
 *
 *     gradient[s·length + k][n] += Σₚ x[p + s·segment + k] · d[p][n]
 *
 * A block of d is first put into panels of eight channels, [n/8][p][8], in `scratch` (96 · channels values, rounded up to eight). A tile is
 * 6 k × 8 channels; its six values of x stand side by side, so one pointer does. Positions are summed in order inside a block of 96, and
 * the blocks in order. Up to five values past a run are read (and thrown away).
 */
export function convolveWeights(x: usize, d: usize, gradient: usize, scratch: usize, g: usize): void {
  const total = load<i32>(g, Geometry.images) * load<i32>(g, Geometry.height) * load<i32>(g, Geometry.width);
  const channels = load<i32>(g, Geometry.channels);
  const segments = load<i32>(g, Geometry.segments);
  const segment = load<i32>(g, Geometry.segment);
  const length = load<i32>(g, Geometry.length);
  const rowBytes = <usize>channels << 2;
  firstPlace();
  for (let first = 0; first < total; first += blockPositions) {
    const count = min(blockPositions, total - first);
    nextPlaces(x, d, g, count);
    packBlock(scratch, count, channels);
    for (let n = 0, panel = scratch; n < channels; n += 8, panel += <usize>count << 5) {
      let to = gradient + (<usize>n << 2);
      for (let s = 0; s < segments; s++) {
        for (let k = 0; k < length; k += 6) {
          tile(<usize>(s * segment + (k << 2)), panel, count, to, rowBytes, channels - n, min(6, length - k));
          to += rowBytes * min(6, length - k);
        }
      }
    }
  }
}

function packBlock(scratch: usize, count: i32, channels: i32): void {
  for (let n = 0; n < channels; n += 8) {
    const at = <usize>n << 2;
    for (let i = 0, p = places; i < count; i++, p += 8, scratch += 32) {
      const from = load<usize>(p, 4) + at;
      v128.store(scratch, firstFour(from, channels - n));
      v128.store(scratch, firstFour(from + 16, channels - n - 4), 16);
    }
  }
}

function tile(offset: usize, panel: usize, count: i32, to: usize, rowBytes: usize, channels: i32, rows: i32): void {
  let l0 = f32x4.splat(0);
  let h0 = l0;
  let l1 = f32x4.splat(0);
  let h1 = l1;
  let l2 = f32x4.splat(0);
  let h2 = l2;
  let l3 = f32x4.splat(0);
  let h3 = l3;
  let l4 = f32x4.splat(0);
  let h4 = l4;
  let l5 = f32x4.splat(0);
  let h5 = l5;
  const end = panel + (<usize>count << 5);
  for (let p = places; panel < end; panel += 32, p += 8) {
    const x = load<usize>(p) + offset;
    const low = v128.load(panel);
    const high = v128.load(panel, 16);
    const a0 = v128.load32_splat(x, 0);
    l0 = madd(a0, low, l0);
    h0 = madd(a0, high, h0);
    const a1 = v128.load32_splat(x, 4);
    l1 = madd(a1, low, l1);
    h1 = madd(a1, high, h1);
    const a2 = v128.load32_splat(x, 8);
    l2 = madd(a2, low, l2);
    h2 = madd(a2, high, h2);
    const a3 = v128.load32_splat(x, 12);
    l3 = madd(a3, low, l3);
    h3 = madd(a3, high, h3);
    const a4 = v128.load32_splat(x, 16);
    l4 = madd(a4, low, l4);
    h4 = madd(a4, high, h4);
    const a5 = v128.load32_splat(x, 20);
    l5 = madd(a5, low, l5);
    h5 = madd(a5, high, h5);
  }
  add(to, l0, h0, channels);
  if (rows > 1) add(to + 1 * rowBytes, l1, h1, channels);
  if (rows > 2) add(to + 2 * rowBytes, l2, h2, channels);
  if (rows > 3) add(to + 3 * rowBytes, l3, h3, channels);
  if (rows > 4) add(to + 4 * rowBytes, l4, h4, channels);
  if (rows > 5) add(to + 5 * rowBytes, l5, h5, channels);
}

// @ts-ignore: decorator
@inline
function add(to: usize, low: v128, high: v128, channels: i32): void {
  if (channels >= 8) {
    v128.store(to, f32x4.add(v128.load(to), low));
    v128.store(to, f32x4.add(v128.load(to, 16), high), 16);
  } else storePart(to, f32x4.add(firstFour(to, channels), low), f32x4.add(firstFour(to + 16, channels - 4), high), channels);
}
