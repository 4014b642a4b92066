/*
 * Where the positions of a convolution lie, as a table of i32 (offsets in bytes). A position is one of images × height × width, in this
 * order; it reads `segments` runs of `length` values from its source, one every `segment` bytes, and has `channels` values in the target.
 * With channels last (NHWC) a row of taps over all input channels is one such run: nothing is copied into columns.
 */
export namespace Geometry {
  export const images: usize = 0;
  export const height: usize = 4;
  export const width: usize = 8;
  export const sourceImage: usize = 12;
  export const sourceRow: usize = 16;
  export const sourceStep: usize = 20;
  export const targetImage: usize = 24;
  export const targetRow: usize = 28;
  export const targetStep: usize = 32;
  export const segments: usize = 36;
  export const segment: usize = 40;
  export const length: usize = 44;
  export const channels: usize = 48;
}

/** Positions that are worked on together: their sources stay in the caches while the weights pass. */
export const blockPositions = 96;

/** The pointers of the block: [source, target] of each position. */
export const places = memory.data(768, 16);

let image: i32 = 0;
let y: i32 = 0;
let x: i32 = 0;

export function firstPlace(): void {
  image = 0;
  y = 0;
  x = 0;
}

/** Writes the places of the next `count` positions. */
export function nextPlaces(source: usize, target: usize, g: usize, count: i32): void {
  const width = load<i32>(g, Geometry.width);
  const height = load<i32>(g, Geometry.height);
  const sourceStep = load<i32>(g, Geometry.sourceStep);
  const targetStep = load<i32>(g, Geometry.targetStep);
  let from = placeOf(source, g, Geometry.sourceImage);
  let to = placeOf(target, g, Geometry.targetImage);
  for (let i = 0, p = places; i < count; i++, p += 8) {
    store<usize>(p, from);
    store<usize>(p, to, 4);
    from += sourceStep;
    to += targetStep;
    if (++x == width) {
      x = 0;
      if (++y == height) {
        y = 0;
        image++;
      }
      from = placeOf(source, g, Geometry.sourceImage);
      to = placeOf(target, g, Geometry.targetImage);
    }
  }
}

/** The three strides of source or target stand one after the other. */
// @ts-ignore: decorator
@inline
function placeOf(base: usize, g: usize, strides: usize): usize {
  return base + image * load<i32>(g + strides) + y * load<i32>(g + strides, 4) + x * load<i32>(g + strides, 8);
}
