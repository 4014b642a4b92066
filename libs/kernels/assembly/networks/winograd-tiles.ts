import { inputSide, inputStep, outputSide } from './winograd-lines';

/*
 * A convolution as a table of i32: for each axis its form (winograd-lines.ts), its tiles, and length and margin (positions before the
 * first) of input and output; then the channels of both. Tiles of all images stand one after the other; the last of an axis reach past its
 * end. Products are made of blocks of tiles: for each point one matrix of the block's tiles.
 */
export namespace Plan {
  export const down: usize = 0;
  export const across: usize = 24;
  /** Of an axis. */
  export const form: usize = 0;
  export const tiles: usize = 4;
  export const inputLength: usize = 8;
  export const inputMargin: usize = 12;
  export const outputLength: usize = 16;
  export const outputMargin: usize = 20;
  export const channels: usize = 48;
  export const filters: usize = 52;
}

/** Bytes between two points' matrices of `values` values: a line of the cache more, or all would fall into the same few sets of it. */
// @ts-ignore: decorator
@inline
export function matrixBytes(values: i32): usize {
  return (<usize>values << 2) + 64;
}

export function tilesOf(images: i32, plan: usize): i32 {
  return images * load<i32>(plan + Plan.down, Plan.tiles) * load<i32>(plan + Plan.across, Plan.tiles);
}

let tileImage: i32 = 0;
let tileRow: i32 = 0;
let tileColumn: i32 = 0;

export function goToTile(tile: i32, plan: usize): void {
  const across = load<i32>(plan + Plan.across, Plan.tiles);
  const ofImage = tilesOf(1, plan);
  tileImage = tile / ofImage;
  const rest = tile - tileImage * ofImage;
  tileRow = rest / across;
  tileColumn = rest % across;
}

/** Bytes between the rows of the patch that was asked for last. */
export let patchRow: usize = 0;

/** What the tile reads of the input. */
export function inputPatch(x: usize, plan: usize, position: usize, edge: usize): usize {
  const down = plan + Plan.down;
  const across = plan + Plan.across;
  const vertical = load<i32>(down, Plan.form);
  const horizontal = load<i32>(across, Plan.form);
  const top = tileRow * inputStep(vertical) - load<i32>(down, Plan.inputMargin);
  const left = tileColumn * inputStep(horizontal) - load<i32>(across, Plan.inputMargin);
  const height = load<i32>(down, Plan.inputLength);
  const width = load<i32>(across, Plan.inputLength);
  return patch(x, height, width, position, top, left, inputSide(vertical), inputSide(horizontal), edge);
}

/** What the tile gives of the output; one without margins. */
export function outputPatch(d: usize, plan: usize, position: usize, edge: usize): usize {
  const down = plan + Plan.down;
  const across = plan + Plan.across;
  const tall = outputSide(load<i32>(down, Plan.form));
  const wide = outputSide(load<i32>(across, Plan.form));
  const height = load<i32>(down, Plan.outputLength);
  const width = load<i32>(across, Plan.outputLength);
  return patch(d, height, width, position, tileRow * tall, tileColumn * wide, tall, wide, edge);
}

/** Where it is in the map, or, when it reaches past the map's edge, its copy in `edge` with zeros outside. */
function patch(
  x: usize, height: i32, width: i32, position: usize, top: i32, left: i32, tall: i32, wide: i32, edge: usize,
): usize {
  const mapRow = <usize>width * position;
  const corner = x + <usize>(tileImage * height + top) * mapRow + <usize>left * position;
  if (top >= 0 && left >= 0 && top + tall <= height && left + wide <= width) {
    patchRow = mapRow;
    return corner;
  }
  patchRow = <usize>wide * position;
  memory.fill(edge, 0, patchRow * tall);
  const first = max(0, -left);
  const bytes = <usize>(min(wide, width - left) - first) * position;
  const from = <usize>first * position;
  for (let y = max(0, -top); y < min(tall, height - top); y++) {
    memory.copy(edge + <usize>y * patchRow + from, corner + <usize>y * mapRow + from, bytes);
  }
  return edge;
}

/** The part of what the tile gives that is in the map: rows and columns from `first…` to `end…`, and where its position (0, 0) would be. */
export let firstRow: i32 = 0;
export let endRow: i32 = 0;
export let firstColumn: i32 = 0;
export let endColumn: i32 = 0;

export function outputPlace(out: usize, plan: usize, position: usize): usize {
  const down = plan + Plan.down;
  const across = plan + Plan.across;
  const tall = outputSide(load<i32>(down, Plan.form));
  const wide = outputSide(load<i32>(across, Plan.form));
  const height = load<i32>(down, Plan.outputLength);
  const width = load<i32>(across, Plan.outputLength);
  const top = tileRow * tall - load<i32>(down, Plan.outputMargin);
  const left = tileColumn * wide - load<i32>(across, Plan.outputMargin);
  firstRow = max(0, -top);
  endRow = min(tall, height - top);
  firstColumn = max(0, -left);
  endColumn = min(wide, width - left);
  return out + <usize>((tileImage * height + top) * width + left) * position;
}
