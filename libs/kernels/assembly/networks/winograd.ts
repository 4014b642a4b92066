import { madd } from './madd';
import { filterLine, inputLine, inputSide, outputLine, pointsOf, tapsOf } from './winograd-lines';
import {
  endColumn, endRow, firstColumn, firstRow, goToTile, inputPatch, matrixBytes, outputPlace, patchRow, Plan, tilesOf,
} from './winograd-tiles';

/** One tile's vectors between the two axes, nine to a row, and the points of a filter. */
const middle = memory.data(1296, 16);
const result = memory.data(1296, 16);
const middleRow: usize = 144;

/*
 * Convolution by Winograd's filtering (winograd-whole.ts has the formulas), over both axes or one; the gradient of the input is one too:
 *
 *     out[p][n] = b[n] + Σ x[p·stride + tap][c] · w[tap][c][n],     nothing below 0 with `relu`
 *
 * For each block of tiles the points of the input are computed, as the products read them; then, eight channels of the output after the
 * other, the products with the points of the weights `u` (`winogradPanels`), one for each point, which stay in the first caches until the
 * output is made of them. A product is of 6 tiles × 8 channels and its sum runs over c in order: the same whatever the block or the
 * batch a tile is in.
 *
 * `block` is a multiple of six; channels and filters are multiples of four. `scratch` has for each point the input (block · channels
 * values and 16 more) and the products (block · 8), and then a patch (81 · channels).
 */
export function winograd(x: usize, images: i32, plan: usize, u: usize, b: usize, relu: bool, out: usize, block: i32, scratch: usize): void {
  const channels = load<i32>(plan, Plan.channels);
  const filters = load<i32>(plan, Plan.filters);
  const points = <usize>(pointsOf(load<i32>(plan + Plan.down, Plan.form)) * pointsOf(load<i32>(plan + Plan.across, Plan.form)));
  const position = <usize>channels << 2;
  const outPosition = <usize>filters << 2;
  const matrix = matrixBytes(block * channels);
  const products = scratch + points * matrix;
  const productBytes = <usize>block << 5;
  const edge = products + points * productBytes;
  const panel = <usize>channels << 5;
  const weightBytes = matrixBytes(channels * ((filters + 7) & ~7));
  const total = tilesOf(images, plan);
  for (let first = 0; first < total; first += block) {
    const count = min(block, total - first);
    for (let t = 0; t < count; t++) {
      goToTile(first + t, plan);
      const patch = inputPatch(x, plan, position, edge);
      // [t / 6][c / 4][t mod 6][4]: what a product reads, side by side
      inputPoints(patch, patchRow, plan, position, scratch + <usize>(t / 6) * 6 * position + <usize>(t % 6) * 16, 96, matrix);
    }
    for (let n = 0; n < filters; n += 8) {
      let weights = u + <usize>(n >> 3) * panel;
      for (let e: usize = 0, v = scratch, m = products; e < points; e++, v += matrix, m += productBytes, weights += weightBytes) {
        for (let t = 0, from = v, to = m; t < count; t += 6, from += 6 * position, to += 192) product(from, weights, channels, to);
      }
      for (let t = 0; t < count; t++) {
        goToTile(first + t, plan);
        const to = outputPlace(out, plan, outPosition) + (<usize>n << 2);
        const m = products + (<usize>t << 5);
        const bias = b == 0 ? b : b + (<usize>n << 2);
        output(m, productBytes, plan, bias, relu, to, outPosition);
        if (n + 4 < filters) output(m + 16, productBytes, plan, b == 0 ? b : bias + 16, relu, to + 16, outPosition);
      }
    }
  }
}

/** Bᵀ·x·B of a patch: each four channels `step` bytes apart, each point `matrix` bytes. */
export function inputPoints(patch: usize, row: usize, plan: usize, position: usize, to: usize, step: usize, matrix: usize): void {
  const down = load<i32>(plan + Plan.down, Plan.form);
  const across = load<i32>(plan + Plan.across, Plan.form);
  const wide = <usize>inputSide(across);
  const high = <usize>pointsOf(down);
  const line = <usize>pointsOf(across) * matrix;
  for (const end = patch + position; patch < end; patch += 16, to += step) {
    for (let j: usize = 0; j < wide; j++) inputLine(down, patch + j * position, row, middle + 16 * j, middleRow);
    for (let i: usize = 0, p = to; i < high; i++, p += line) inputLine(across, middle + middleRow * i, 16, p, matrix);
  }
}

/** Aᵀ·m·A of four channels; what is past the map's edges is left out. */
function output(m: usize, matrix: usize, plan: usize, b: usize, relu: bool, to: usize, position: usize): void {
  const down = load<i32>(plan + Plan.down, Plan.form);
  const across = load<i32>(plan + Plan.across, Plan.form);
  const bias = b == 0 ? f32x4.splat(0) : v128.load(b);
  const floor = f32x4.splat(relu ? 0 : -Infinity);
  const wide = <usize>pointsOf(across);
  const row = <usize>load<i32>(plan + Plan.across, Plan.outputLength) * position;
  for (let j: usize = 0; j < wide; j++) outputLine(down, m + j * matrix, wide * matrix, middle + 16 * j, middleRow);
  for (let i = firstRow; i < endRow; i++) {
    outputLine(across, middle + middleRow * <usize>i, 16, result, 16);
    let p = to + row * <usize>i + position * <usize>firstColumn;
    for (let j = firstColumn; j < endColumn; j++, p += position) {
      v128.store(p, f32x4.pmax(f32x4.add(v128.load(result + 16 * <usize>j), bias), floor));
    }
  }
}

/*
 * G·w·Gᵀ of weights [down][across][inputs][outputs], in panels of eight channels, [point][n / 8][c][8]. Turned, for the gradient of the
 * input, the taps run backwards and c are the outputs, n the inputs. Past the last channel stays what stood there.
 */
export function winogradPanels(w: usize, plan: usize, isTurned: bool, u: usize): void {
  const channels = load<i32>(plan, Plan.channels);
  const filters = load<i32>(plan, Plan.filters);
  const down = load<i32>(plan + Plan.down, Plan.form);
  const across = load<i32>(plan + Plan.across, Plan.form);
  const tap = <isize>(channels * filters) << 2;
  const rowOfTaps = tap * tapsOf(across);
  const corner = isTurned ? w + rowOfTaps * tapsOf(down) - tap : w;
  const step = isTurned ? -tap : tap;
  const rowStep = isTurned ? -rowOfTaps : rowOfTaps;
  const inputs = isTurned ? filters : channels;
  const outputs = isTurned ? channels : filters;
  const panel = <usize>channels << 5;
  const matrix = matrixBytes(channels * ((filters + 7) & ~7));
  const high = <usize>pointsOf(down);
  const wide = <usize>pointsOf(across);
  const end = result + 16 * high * wide;
  for (let c = 0; c < inputs; c++) {
    for (let n = 0; n < outputs; n += 4) {
      const from = corner + (<usize>(c * outputs + n) << 2);
      for (let j = 0; j < tapsOf(across); j++) filterLine(down, from + j * step, rowStep, middle + 16 * j, middleRow);
      for (let i: usize = 0; i < high; i++) filterLine(across, middle + middleRow * i, 16, result + 16 * wide * i, 16);
      if (isTurned) {
        let to = u + <usize>(c >> 3) * panel + (<usize>n << 5) + (<usize>(c & 7) << 2);
        for (let y = result; y < end; y += 16, to += matrix) {
          const four = v128.load(y);
          v128.store_lane<f32>(to, four, 0);
          v128.store_lane<f32>(to, four, 1, 32);
          v128.store_lane<f32>(to, four, 2, 64);
          v128.store_lane<f32>(to, four, 3, 96);
        }
      } else {
        let to = u + <usize>(n >> 3) * panel + (<usize>c << 5) + (<usize>(n & 7) << 2);
        for (let y = result; y < end; y += 16, to += matrix) v128.store(to, v128.load(y));
      }
    }
  }
}

/** Six tiles × eight channels: m[t][n] = Σ v[t][c] · u[c][n] */
function product(v: usize, u: usize, channels: i32, m: usize): void {
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
  for (const end = u + (<usize>channels << 5); u < end; u += 128, v += 96) {
    {
      const low = v128.load(u, 0);
      const high = v128.load(u, 16);
      const v0 = v128.load32_splat(v, 0);
      l0 = madd(v0, low, l0);
      h0 = madd(v0, high, h0);
      const v1 = v128.load32_splat(v, 16);
      l1 = madd(v1, low, l1);
      h1 = madd(v1, high, h1);
      const v2 = v128.load32_splat(v, 32);
      l2 = madd(v2, low, l2);
      h2 = madd(v2, high, h2);
      const v3 = v128.load32_splat(v, 48);
      l3 = madd(v3, low, l3);
      h3 = madd(v3, high, h3);
      const v4 = v128.load32_splat(v, 64);
      l4 = madd(v4, low, l4);
      h4 = madd(v4, high, h4);
      const v5 = v128.load32_splat(v, 80);
      l5 = madd(v5, low, l5);
      h5 = madd(v5, high, h5);
    }
    {
      const low = v128.load(u, 32);
      const high = v128.load(u, 48);
      const v0 = v128.load32_splat(v, 4);
      l0 = madd(v0, low, l0);
      h0 = madd(v0, high, h0);
      const v1 = v128.load32_splat(v, 20);
      l1 = madd(v1, low, l1);
      h1 = madd(v1, high, h1);
      const v2 = v128.load32_splat(v, 36);
      l2 = madd(v2, low, l2);
      h2 = madd(v2, high, h2);
      const v3 = v128.load32_splat(v, 52);
      l3 = madd(v3, low, l3);
      h3 = madd(v3, high, h3);
      const v4 = v128.load32_splat(v, 68);
      l4 = madd(v4, low, l4);
      h4 = madd(v4, high, h4);
      const v5 = v128.load32_splat(v, 84);
      l5 = madd(v5, low, l5);
      h5 = madd(v5, high, h5);
    }
    {
      const low = v128.load(u, 64);
      const high = v128.load(u, 80);
      const v0 = v128.load32_splat(v, 8);
      l0 = madd(v0, low, l0);
      h0 = madd(v0, high, h0);
      const v1 = v128.load32_splat(v, 24);
      l1 = madd(v1, low, l1);
      h1 = madd(v1, high, h1);
      const v2 = v128.load32_splat(v, 40);
      l2 = madd(v2, low, l2);
      h2 = madd(v2, high, h2);
      const v3 = v128.load32_splat(v, 56);
      l3 = madd(v3, low, l3);
      h3 = madd(v3, high, h3);
      const v4 = v128.load32_splat(v, 72);
      l4 = madd(v4, low, l4);
      h4 = madd(v4, high, h4);
      const v5 = v128.load32_splat(v, 88);
      l5 = madd(v5, low, l5);
      h5 = madd(v5, high, h5);
    }
    {
      const low = v128.load(u, 96);
      const high = v128.load(u, 112);
      const v0 = v128.load32_splat(v, 12);
      l0 = madd(v0, low, l0);
      h0 = madd(v0, high, h0);
      const v1 = v128.load32_splat(v, 28);
      l1 = madd(v1, low, l1);
      h1 = madd(v1, high, h1);
      const v2 = v128.load32_splat(v, 44);
      l2 = madd(v2, low, l2);
      h2 = madd(v2, high, h2);
      const v3 = v128.load32_splat(v, 60);
      l3 = madd(v3, low, l3);
      h3 = madd(v3, high, h3);
      const v4 = v128.load32_splat(v, 76);
      l4 = madd(v4, low, l4);
      h4 = madd(v4, high, h4);
      const v5 = v128.load32_splat(v, 92);
      l5 = madd(v5, low, l5);
      h5 = madd(v5, high, h5);
    }
  }
  v128.store(m, l0, 0);
  v128.store(m, h0, 16);
  v128.store(m, l1, 32);
  v128.store(m, h1, 48);
  v128.store(m, l2, 64);
  v128.store(m, h2, 80);
  v128.store(m, l3, 96);
  v128.store(m, h3, 112);
  v128.store(m, l4, 128);
  v128.store(m, h4, 144);
  v128.store(m, l5, 160);
  v128.store(m, h5, 176);
}
