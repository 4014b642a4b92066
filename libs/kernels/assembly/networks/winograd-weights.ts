import { madd } from './madd';
import { inputPoints } from './winograd';
import { filterGradientLine, gradientLine } from './winograd-lines';
import { goToTile, matrixBytes, patchOfTile, patchRow, points, tilesOf } from './winograd-tiles';

const middle = memory.data(384, 16);
const result = memory.data(144, 16);

/*
 * The gradient of the weights of `winograd` (winograd-lines.ts has the formulas), added to what stands in `gradient` [3][3][c][n]:
 *
 *     gradient += Gᵀ·[Σ (Bᵀ·x·B) ⊙ (A·d·Aᵀ)]·G       the sum over all tiles
 *
 * For each block of tiles the points of x, [tile][c], and of d, in panels [n / 8][tile][8], then the 36 products of the two, added to
 * [point][n / 8][c][8]; these are turned back once at the end. Tiles are summed in order inside a block, and the blocks in order.
 *
 * channels and filters are multiples of four. `scratch` has the points of x (36 matrices of block · channels values), those of d (of
 * block · wide, wide being filters rounded up to eight), the sums (of channels · wide), and a patch (36 · max(channels, filters) values).
 */
export function winogradWeights(
  x: usize, d: usize, images: i32, height: i32, width: i32, channels: i32, filters: i32,
  gradient: usize, block: i32, scratch: usize,
): void {
  const wide = (filters + 7) & ~7;
  const position = <usize>channels << 2;
  const outPosition = <usize>filters << 2;
  const matrix = matrixBytes(block * channels);
  const outMatrix = matrixBytes(block * wide);
  const ofGradient = scratch + points * matrix;
  const sums = ofGradient + points * outMatrix;
  const sumBytes = matrixBytes(channels * wide);
  const edge = sums + points * sumBytes;
  const total = images * tilesOf(height, width);
  memory.fill(sums, 0, points * sumBytes);
  for (let first = 0; first < total; first += block) {
    const count = min(block, total - first);
    for (let t = 0; t < count; t++) {
      goToTile(first + t, height, width);
      const patch = patchOfTile(x, height, width, position, 1, edge);
      inputPoints(patch, patchRow, position, scratch + <usize>t * position, 16, matrix);
      const ofTile = patchOfTile(d, height, width, outPosition, 0, edge);
      gradientPoints(ofTile, patchRow, outPosition, ofGradient + (<usize>t << 5), <usize>block << 5, outMatrix);
    }
    for (let e: usize = 0, v = scratch, g = ofGradient, into = sums; e < points; e++, v += matrix, g += outMatrix, into += sumBytes) {
      let sum = into;
      for (let n = 0, panel = g; n < filters; n += 8, panel += <usize>block << 5) {
        let c = 0;
        // tiles of six channels, and of four until what is left is a multiple of six
        for (; (channels - c) % 6 != 0; c += 4, sum += 128) tile(v + (<usize>c << 2), position, panel, count, sum, false);
        for (; c < channels; c += 6, sum += 192) tile(v + (<usize>c << 2), position, panel, count, sum, true);
      }
    }
  }
  for (let c = 0; c < channels; c++) {
    for (let n = 0; n < filters; n += 4) {
      const from = sums + (<usize>((n & ~7) * channels + c * 8 + (n & 7)) << 2);
      addFilter(from, sumBytes, gradient + (<usize>(c * filters + n) << 2), <usize>(channels * filters) << 2);
    }
  }
}

/** A·d·Aᵀ of a tile, in panels of eight channels `panel` bytes apart. */
function gradientPoints(d: usize, row: usize, position: usize, to: usize, panel: usize, matrix: usize): void {
  for (let at: usize = 0; at < position; at += 16) {
    const p = to + (at >> 5) * panel + (at & 16);
    for (let j: usize = 0; j < 4; j++) gradientLine(d + at + j * position, row, middle + 16 * j, 64);
    for (let i: usize = 0; i < 6; i++) gradientLine(middle + 64 * i, 16, p + 6 * i * matrix, matrix);
  }
}

/** gradient += Gᵀ·u·G, of four channels; taps are `tap` bytes apart. */
function addFilter(u: usize, matrix: usize, gradient: usize, tap: usize): void {
  for (let j: usize = 0; j < 6; j++) filterGradientLine(u + j * matrix, 6 * matrix, middle + 16 * j, 96);
  for (let i: usize = 0; i < 3; i++) filterGradientLine(middle + 96 * i, 16, result + 48 * i, 16);
  for (let y = result; y < result + 144; y += 16, gradient += tap) v128.store(gradient, f32x4.add(v128.load(gradient), v128.load(y)));
}

/** sum[c][n] += Σ x[t][c] · d[t][n], of six channels (or four) × eight, over `count` tiles. */
// @ts-ignore: decorator
@inline
function tile(x: usize, position: usize, d: usize, count: i32, sum: usize, isSix: bool): void {
  let l0 = v128.load(sum, 0);
  let h0 = v128.load(sum, 16);
  let l1 = v128.load(sum, 32);
  let h1 = v128.load(sum, 48);
  let l2 = v128.load(sum, 64);
  let h2 = v128.load(sum, 80);
  let l3 = v128.load(sum, 96);
  let h3 = v128.load(sum, 112);
  let l4 = isSix ? v128.load(sum, 128) : f32x4.splat(0);
  let h4 = isSix ? v128.load(sum, 144) : f32x4.splat(0);
  let l5 = isSix ? v128.load(sum, 160) : f32x4.splat(0);
  let h5 = isSix ? v128.load(sum, 176) : f32x4.splat(0);
  for (const end = d + (<usize>count << 5); d < end; d += 32, x += position) {
    const low = v128.load(d);
    const high = v128.load(d, 16);
    const x0 = v128.load32_splat(x, 0);
    l0 = madd(x0, low, l0);
    h0 = madd(x0, high, h0);
    const x1 = v128.load32_splat(x, 4);
    l1 = madd(x1, low, l1);
    h1 = madd(x1, high, h1);
    const x2 = v128.load32_splat(x, 8);
    l2 = madd(x2, low, l2);
    h2 = madd(x2, high, h2);
    const x3 = v128.load32_splat(x, 12);
    l3 = madd(x3, low, l3);
    h3 = madd(x3, high, h3);
    if (isSix) {
      const x4 = v128.load32_splat(x, 16);
      l4 = madd(x4, low, l4);
      h4 = madd(x4, high, h4);
      const x5 = v128.load32_splat(x, 20);
      l5 = madd(x5, low, l5);
      h5 = madd(x5, high, h5);
    }
  }
  v128.store(sum, l0, 0);
  v128.store(sum, h0, 16);
  v128.store(sum, l1, 32);
  v128.store(sum, h1, 48);
  v128.store(sum, l2, 64);
  v128.store(sum, h2, 80);
  v128.store(sum, l3, 96);
  v128.store(sum, h3, 112);
  if (isSix) {
    v128.store(sum, l4, 128);
    v128.store(sum, h4, 144);
    v128.store(sum, l5, 160);
    v128.store(sum, h5, 176);
  }
}
