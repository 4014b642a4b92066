import { Geometry, blockPositions, firstPlace, nextPlaces, places } from './geometry';
import { madd } from './madd';
import { firstFour, storePart } from './parts';

/*
 * Convolution, dense layer and matrix product in one: for each position p and channel n
 *
 *     out[p][n] = b[n] + Σₛ Σₖ x[p + s·segment + k] · w[s·length + k][n]          or out[p][n] + the sum, when it accumulates
 *
 * w lies in panels of eight channels, [n/8][s, k][8], zeros past the last channel (`packPanels`). A tile is 6 positions × 8 channels:
 * twelve accumulators, two loads of w, and one splat of x a position for each k; more would not fit sixteen registers.
 * The sum runs over k in order: the same whatever the tile, the block or the batch a position is in.
 */
export function convolve(x: usize, w: usize, b: usize, out: usize, g: usize, relu: bool, accumulates: bool): void {
  const total = load<i32>(g, Geometry.images) * load<i32>(g, Geometry.height) * load<i32>(g, Geometry.width);
  const channels = load<i32>(g, Geometry.channels);
  const panelBytes = <usize>(load<i32>(g, Geometry.segments) * load<i32>(g, Geometry.length)) << 5;
  firstPlace();
  for (let first = 0; first < total; first += blockPositions) {
    const count = min(blockPositions, total - first);
    nextPlaces(x, out, g, count);
    const end = evenOut(count);
    for (let n = 0, panel = w; n < channels; n += 8, panel += panelBytes) {
      for (let p = places; p < end; p += 48) tile(p, panel, b, n, g, relu, accumulates);
    }
  }
}

/** Fills the last tile up with its last position, which is then computed more than once, to the same values. */
function evenOut(count: i32): usize {
  let end = places + (<usize>count << 3);
  const last = load<u64>(end - 8);
  for (; (end - places) % 48 != 0; end += 8) store<u64>(end, last);
  return end;
}

function tile(p: usize, w: usize, b: usize, n: i32, g: usize, relu: bool, accumulates: bool): void {
  const channels = load<i32>(g, Geometry.channels);
  const isWhole = n + 8 <= channels;
  const at = <usize>n << 2;
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
  if (accumulates) {
    const t0 = load<usize>(p, 4) + at;
    l0 = firstFour(t0, channels - n);
    h0 = firstFour(t0 + 16, channels - n - 4);
    const t1 = load<usize>(p, 12) + at;
    l1 = firstFour(t1, channels - n);
    h1 = firstFour(t1 + 16, channels - n - 4);
    const t2 = load<usize>(p, 20) + at;
    l2 = firstFour(t2, channels - n);
    h2 = firstFour(t2 + 16, channels - n - 4);
    const t3 = load<usize>(p, 28) + at;
    l3 = firstFour(t3, channels - n);
    h3 = firstFour(t3 + 16, channels - n - 4);
    const t4 = load<usize>(p, 36) + at;
    l4 = firstFour(t4, channels - n);
    h4 = firstFour(t4 + 16, channels - n - 4);
    const t5 = load<usize>(p, 44) + at;
    l5 = firstFour(t5, channels - n);
    h5 = firstFour(t5 + 16, channels - n - 4);
  } else if (b != 0) {
    const low = firstFour(b + at, channels - n);
    const high = firstFour(b + at + 16, channels - n - 4);
    l0 = low;
    h0 = high;
    l1 = low;
    h1 = high;
    l2 = low;
    h2 = high;
    l3 = low;
    h3 = high;
    l4 = low;
    h4 = high;
    l5 = low;
    h5 = high;
  }
  const length = <usize>load<i32>(g, Geometry.length) << 2;
  const segment = <usize>load<i32>(g, Geometry.segment);
  let x0 = load<usize>(p, 0);
  let x1 = load<usize>(p, 8);
  let x2 = load<usize>(p, 16);
  let x3 = load<usize>(p, 24);
  let x4 = load<usize>(p, 32);
  let x5 = load<usize>(p, 40);
  for (let s = load<i32>(g, Geometry.segments); s > 0; s--) {
    const end = x0 + length;
    const even = x0 + (length & ~15);
    while (x0 < even) {
      {
        const low = v128.load(w, 0);
        const high = v128.load(w, 16);
        const a0 = v128.load32_splat(x0, 0);
        l0 = madd(a0, low, l0);
        h0 = madd(a0, high, h0);
        const a1 = v128.load32_splat(x1, 0);
        l1 = madd(a1, low, l1);
        h1 = madd(a1, high, h1);
        const a2 = v128.load32_splat(x2, 0);
        l2 = madd(a2, low, l2);
        h2 = madd(a2, high, h2);
        const a3 = v128.load32_splat(x3, 0);
        l3 = madd(a3, low, l3);
        h3 = madd(a3, high, h3);
        const a4 = v128.load32_splat(x4, 0);
        l4 = madd(a4, low, l4);
        h4 = madd(a4, high, h4);
        const a5 = v128.load32_splat(x5, 0);
        l5 = madd(a5, low, l5);
        h5 = madd(a5, high, h5);
      }
      {
        const low = v128.load(w, 32);
        const high = v128.load(w, 48);
        const a0 = v128.load32_splat(x0, 4);
        l0 = madd(a0, low, l0);
        h0 = madd(a0, high, h0);
        const a1 = v128.load32_splat(x1, 4);
        l1 = madd(a1, low, l1);
        h1 = madd(a1, high, h1);
        const a2 = v128.load32_splat(x2, 4);
        l2 = madd(a2, low, l2);
        h2 = madd(a2, high, h2);
        const a3 = v128.load32_splat(x3, 4);
        l3 = madd(a3, low, l3);
        h3 = madd(a3, high, h3);
        const a4 = v128.load32_splat(x4, 4);
        l4 = madd(a4, low, l4);
        h4 = madd(a4, high, h4);
        const a5 = v128.load32_splat(x5, 4);
        l5 = madd(a5, low, l5);
        h5 = madd(a5, high, h5);
      }
      {
        const low = v128.load(w, 64);
        const high = v128.load(w, 80);
        const a0 = v128.load32_splat(x0, 8);
        l0 = madd(a0, low, l0);
        h0 = madd(a0, high, h0);
        const a1 = v128.load32_splat(x1, 8);
        l1 = madd(a1, low, l1);
        h1 = madd(a1, high, h1);
        const a2 = v128.load32_splat(x2, 8);
        l2 = madd(a2, low, l2);
        h2 = madd(a2, high, h2);
        const a3 = v128.load32_splat(x3, 8);
        l3 = madd(a3, low, l3);
        h3 = madd(a3, high, h3);
        const a4 = v128.load32_splat(x4, 8);
        l4 = madd(a4, low, l4);
        h4 = madd(a4, high, h4);
        const a5 = v128.load32_splat(x5, 8);
        l5 = madd(a5, low, l5);
        h5 = madd(a5, high, h5);
      }
      {
        const low = v128.load(w, 96);
        const high = v128.load(w, 112);
        const a0 = v128.load32_splat(x0, 12);
        l0 = madd(a0, low, l0);
        h0 = madd(a0, high, h0);
        const a1 = v128.load32_splat(x1, 12);
        l1 = madd(a1, low, l1);
        h1 = madd(a1, high, h1);
        const a2 = v128.load32_splat(x2, 12);
        l2 = madd(a2, low, l2);
        h2 = madd(a2, high, h2);
        const a3 = v128.load32_splat(x3, 12);
        l3 = madd(a3, low, l3);
        h3 = madd(a3, high, h3);
        const a4 = v128.load32_splat(x4, 12);
        l4 = madd(a4, low, l4);
        h4 = madd(a4, high, h4);
        const a5 = v128.load32_splat(x5, 12);
        l5 = madd(a5, low, l5);
        h5 = madd(a5, high, h5);
      }
      w += 128;
      x0 += 16;
      x1 += 16;
      x2 += 16;
      x3 += 16;
      x4 += 16;
      x5 += 16;
    }
    while (x0 < end) {
      {
        const low = v128.load(w, 0);
        const high = v128.load(w, 16);
        const a0 = v128.load32_splat(x0, 0);
        l0 = madd(a0, low, l0);
        h0 = madd(a0, high, h0);
        const a1 = v128.load32_splat(x1, 0);
        l1 = madd(a1, low, l1);
        h1 = madd(a1, high, h1);
        const a2 = v128.load32_splat(x2, 0);
        l2 = madd(a2, low, l2);
        h2 = madd(a2, high, h2);
        const a3 = v128.load32_splat(x3, 0);
        l3 = madd(a3, low, l3);
        h3 = madd(a3, high, h3);
        const a4 = v128.load32_splat(x4, 0);
        l4 = madd(a4, low, l4);
        h4 = madd(a4, high, h4);
        const a5 = v128.load32_splat(x5, 0);
        l5 = madd(a5, low, l5);
        h5 = madd(a5, high, h5);
      }
      w += 32;
      x0 += 4;
      x1 += 4;
      x2 += 4;
      x3 += 4;
      x4 += 4;
      x5 += 4;
    }
    x0 += segment - length;
    x1 += segment - length;
    x2 += segment - length;
    x3 += segment - length;
    x4 += segment - length;
    x5 += segment - length;
  }
  if (relu) {
    const zero = f32x4.splat(0);
    l0 = f32x4.pmax(l0, zero);
    h0 = f32x4.pmax(h0, zero);
    l1 = f32x4.pmax(l1, zero);
    h1 = f32x4.pmax(h1, zero);
    l2 = f32x4.pmax(l2, zero);
    h2 = f32x4.pmax(h2, zero);
    l3 = f32x4.pmax(l3, zero);
    h3 = f32x4.pmax(h3, zero);
    l4 = f32x4.pmax(l4, zero);
    h4 = f32x4.pmax(h4, zero);
    l5 = f32x4.pmax(l5, zero);
    h5 = f32x4.pmax(h5, zero);
  }
  if (isWhole) {
    const to0 = load<usize>(p, 4) + at;
    v128.store(to0, l0);
    v128.store(to0, h0, 16);
    const to1 = load<usize>(p, 12) + at;
    v128.store(to1, l1);
    v128.store(to1, h1, 16);
    const to2 = load<usize>(p, 20) + at;
    v128.store(to2, l2);
    v128.store(to2, h2, 16);
    const to3 = load<usize>(p, 28) + at;
    v128.store(to3, l3);
    v128.store(to3, h3, 16);
    const to4 = load<usize>(p, 36) + at;
    v128.store(to4, l4);
    v128.store(to4, h4, 16);
    const to5 = load<usize>(p, 44) + at;
    v128.store(to5, l5);
    v128.store(to5, h5, 16);
  } else {
    storePart(load<usize>(p, 4) + at, l0, h0, channels - n);
    storePart(load<usize>(p, 12) + at, l1, h1, channels - n);
    storePart(load<usize>(p, 20) + at, l2, h2, channels - n);
    storePart(load<usize>(p, 28) + at, l3, h3, channels - n);
    storePart(load<usize>(p, 36) + at, l4, h4, channels - n);
    storePart(load<usize>(p, 44) + at, l5, h5, channels - n);
  }
}
