/*
 * A map [height][width][channels] cut into tiles of 4 × 4 positions, of all images one after the other; the last ones reach past the
 * edges. Products are made of blocks of tiles: for each of the 36 points one matrix of the block's tiles.
 */
export const tileSide = 4;
export const points: usize = 36;

/** Bytes between two points' matrices of `values` values: a line of the cache more, or all 36 would fall into the same few sets of it. */
// @ts-ignore: decorator
@inline
export function matrixBytes(values: i32): usize {
  return (<usize>values << 2) + 64;
}

/** Tiles of one image. */
export function tilesOf(height: i32, width: i32): i32 {
  return ((height + tileSide - 1) / tileSide) * ((width + tileSide - 1) / tileSide);
}

/** First output position of the tile that was asked for last. */
export let tileTop: i32 = 0;
export let tileLeft: i32 = 0;
let tileImage: i32 = 0;

export function goToTile(tile: i32, height: i32, width: i32): void {
  const across = (width + tileSide - 1) / tileSide;
  const ofImage = tilesOf(height, width);
  tileImage = tile / ofImage;
  const rest = tile - tileImage * ofImage;
  tileTop = (rest / across) * tileSide;
  tileLeft = (rest % across) * tileSide;
}

/** Where the tile's own positions begin. */
export function placeOfTile(x: usize, height: i32, width: i32, position: usize): usize {
  return x + (<usize>((tileImage * height + tileTop) * width + tileLeft)) * position;
}

/** Bytes between the rows of the patch that was asked for last. */
export let patchRow: usize = 0;

/**
 * The tile's positions with `margin` more on each side: where they are in the map, or, when they reach past its edge, their copy in `edge`
 * with zeros outside.
 */
export function patchOfTile(x: usize, height: i32, width: i32, position: usize, margin: i32, edge: usize): usize {
  const side = tileSide + 2 * margin;
  const top = tileTop - margin;
  const left = tileLeft - margin;
  const mapRow = <usize>width * position;
  const corner = x + <usize>(tileImage * height + top) * mapRow + <usize>left * position;
  if (top >= 0 && left >= 0 && top + side <= height && left + side <= width) {
    patchRow = mapRow;
    return corner;
  }
  patchRow = <usize>side * position;
  memory.fill(edge, 0, patchRow * side);
  const first = max(0, -left);
  const bytes = <usize>(min(side, width - left) - first) * position;
  const from = <usize>first * position;
  for (let y = max(0, -top); y < min(side, height - top); y++) {
    memory.copy(edge + <usize>y * patchRow + from, corner + <usize>y * mapRow + from, bytes);
  }
  return edge;
}
