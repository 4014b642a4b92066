import { madd } from './madd';
import { inputPoints } from './winograd';
import { filterGradientLine, gradientLine, outputSide, pointsOf, tapsOf } from './winograd-lines';
import { goToTile, inputPatch, matrixBytes, outputPatch, patchRow, Plan, tilesOf } from './winograd-tiles';

/** One tile's vectors between the two axes, nine to a row, and the taps of a filter. */
const middle = memory.data(1296, 16);
const result = memory.data(144, 16);
const middleRow: usize = 144;

/*
 * The gradient of the weights of `winograd` (winograd-whole.ts has the formulas), added to what stands in `gradient` [tap][c][n]:
 *
 *     gradient += Gᵀ·[Σ (Bᵀ·x·B) ⊙ (A·d·Aᵀ)]·G       the sum over all tiles
 *
 * For each block of tiles the points of x, [tile][c], and of d, in panels [n / 8][tile][8], then the products of the two for each point,
 * added to [point][n / 8][c][8]; these are turned back once at the end. Tiles are summed in order inside a block, and the blocks in order.
 *
 * channels and filters are multiples of four. `scratch` has for each point x (block · channels values and 16 more), d (block · wide and
 * 16, wide being filters rounded up to eight) and the sums (channels · wide and 16), and then a patch (81 · max(channels, filters)).
 */
export function winogradWeights(x: usize, d: usize, images: i32, plan: usize, gradient: usize, block: i32, scratch: usize): void {
  const channels = load<i32>(plan, Plan.channels);
  const filters = load<i32>(plan, Plan.filters);
  const points = <usize>(pointsOf(load<i32>(plan + Plan.down, Plan.form)) * pointsOf(load<i32>(plan + Plan.across, Plan.form)));
  const wide = (filters + 7) & ~7;
  const position = <usize>channels << 2;
  const outPosition = <usize>filters << 2;
  const matrix = matrixBytes(block * channels);
  const outMatrix = matrixBytes(block * wide);
  const ofGradient = scratch + points * matrix;
  const sums = ofGradient + points * outMatrix;
  const sumBytes = matrixBytes(channels * wide);
  const edge = sums + points * sumBytes;
  const total = tilesOf(images, plan);
  memory.fill(sums, 0, points * sumBytes);
  for (let first = 0; first < total; first += block) {
    const count = min(block, total - first);
    for (let t = 0; t < count; t++) {
      goToTile(first + t, plan);
      const patch = inputPatch(x, plan, position, edge);
      inputPoints(patch, patchRow, plan, position, scratch + <usize>t * position, 16, matrix);
      const ofTile = outputPatch(d, plan, outPosition, edge);
      gradientPoints(ofTile, patchRow, plan, outPosition, ofGradient + (<usize>t << 5), <usize>block << 5, outMatrix);
    }
    for (let e: usize = 0, v = scratch, g = ofGradient, into = sums; e < points; e++, v += matrix, g += outMatrix, into += sumBytes) {
      let sum = into;
      for (let n = 0, panel = g; n < filters; n += 8, panel += <usize>block << 5) {
        let c = 0;
        // tiles of six channels, and of four until what is left is a multiple of six
        for (; (channels - c) % 6 != 0; c += 4, sum += 128) product(v + (<usize>c << 2), position, panel, count, sum, false);
        for (; c < channels; c += 6, sum += 192) product(v + (<usize>c << 2), position, panel, count, sum, true);
      }
    }
  }
  for (let c = 0; c < channels; c++) {
    for (let n = 0; n < filters; n += 4) {
      const from = sums + (<usize>((n & ~7) * channels + c * 8 + (n & 7)) << 2);
      addFilter(from, sumBytes, plan, gradient + (<usize>(c * filters + n) << 2), <usize>(channels * filters) << 2);
    }
  }
}

/** A·d·Aᵀ of a tile, in panels of eight channels `panel` bytes apart. */
function gradientPoints(d: usize, row: usize, plan: usize, position: usize, to: usize, panel: usize, matrix: usize): void {
  const down = load<i32>(plan + Plan.down, Plan.form);
  const across = load<i32>(plan + Plan.across, Plan.form);
  const side = <usize>outputSide(across);
  const high = <usize>pointsOf(down);
  const line = <usize>pointsOf(across) * matrix;
  for (let at: usize = 0; at < position; at += 16) {
    let p = to + (at >> 5) * panel + (at & 16);
    for (let j: usize = 0; j < side; j++) gradientLine(down, d + at + j * position, row, middle + 16 * j, middleRow);
    for (let i: usize = 0; i < high; i++, p += line) gradientLine(across, middle + middleRow * i, 16, p, matrix);
  }
}

/** gradient += Gᵀ·u·G, of four channels; taps are `tap` bytes apart. */
function addFilter(u: usize, matrix: usize, plan: usize, gradient: usize, tap: usize): void {
  const down = load<i32>(plan + Plan.down, Plan.form);
  const across = load<i32>(plan + Plan.across, Plan.form);
  const wide = <usize>pointsOf(across);
  const row = 16 * <usize>tapsOf(across);
  for (let j: usize = 0; j < wide; j++) filterGradientLine(down, u + j * matrix, wide * matrix, middle + 16 * j, middleRow);
  for (let i: usize = 0; i < <usize>tapsOf(down); i++) filterGradientLine(across, middle + middleRow * i, 16, result + row * i, 16);
  const end = result + row * <usize>tapsOf(down);
  for (let y = result; y < end; y += 16, gradient += tap) v128.store(gradient, f32x4.add(v128.load(gradient), v128.load(y)));
}

/** sum[c][n] += Σ x[t][c] · d[t][n], of six channels (or four) × eight, over `count` tiles. */
// @ts-ignore: decorator
@inline
function product(x: usize, position: usize, d: usize, count: i32, sum: usize, isSix: bool): void {
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
