import { filterGradientHalved, filterHalved, gradientHalved, inputDoubled, inputHalved, outputDoubled, outputHalved } from './winograd-halved';
import { filterGradientWhole, filterWhole, gradientWhole, inputWhole, outputWhole } from './winograd-whole';

/** What an axis of a convolution is to Winograd's filtering. */
export namespace Kind {
  /** Three taps, stride 1: six points. */
  export const whole: i32 = 0;
  /** Three taps, stride 2: nine points. */
  export const halved: i32 = 1;
  /** The way back of that, from the gradient of the output to that of the input. */
  export const doubled: i32 = 2;
  /** One tap, stride 1: the other axis alone is filtered. */
  export const single: i32 = 3;
}

/** Positions of the input that a tile reads. */
// @ts-ignore: decorator
@inline
export function inputSide(kind: i32): i32 {
  return kind == Kind.whole ? 6 : kind == Kind.halved ? 9 : kind == Kind.doubled ? 5 : 1;
}

/** From one tile's first position of the input to the next's. */
// @ts-ignore: decorator
@inline
export function inputStep(kind: i32): i32 {
  return kind == Kind.halved ? 8 : kind == Kind.single ? 1 : 4;
}

// @ts-ignore: decorator
@inline
export function pointsOf(kind: i32): i32 {
  return kind == Kind.whole ? 6 : kind == Kind.single ? 1 : 9;
}

/** Positions of the output that a tile gives. */
// @ts-ignore: decorator
@inline
export function outputSide(kind: i32): i32 {
  return kind == Kind.doubled ? 8 : kind == Kind.single ? 1 : 4;
}

// @ts-ignore: decorator
@inline
export function tapsOf(kind: i32): i32 {
  return kind == Kind.single ? 1 : 3;
}

// @ts-ignore: decorator
@inline
export function inputLine(kind: i32, x: usize, step: usize, to: usize, toStep: usize): void {
  if (kind == Kind.whole) inputWhole(x, step, to, toStep);
  else if (kind == Kind.halved) inputHalved(x, step, to, toStep);
  else if (kind == Kind.doubled) inputDoubled(x, step, to, toStep);
  else v128.store(to, v128.load(x));
}

// @ts-ignore: decorator
@inline
export function outputLine(kind: i32, m: usize, step: usize, to: usize, toStep: usize): void {
  if (kind == Kind.whole) outputWhole(m, step, to, toStep);
  else if (kind == Kind.halved) outputHalved(m, step, to, toStep);
  else if (kind == Kind.doubled) outputDoubled(m, step, to, toStep);
  else v128.store(to, v128.load(m));
}

// @ts-ignore: decorator
@inline
export function gradientLine(kind: i32, d: usize, step: usize, to: usize, toStep: usize): void {
  if (kind == Kind.whole) gradientWhole(d, step, to, toStep);
  else if (kind == Kind.halved) gradientHalved(d, step, to, toStep);
  else v128.store(to, v128.load(d));
}

// @ts-ignore: decorator
@inline
export function filterLine(kind: i32, w: usize, step: isize, to: usize, toStep: usize): void {
  if (kind == Kind.whole) filterWhole(w, step, to, toStep);
  else if (kind == Kind.single) v128.store(to, v128.load(w));
  else filterHalved(w, step, to, toStep);
}

// @ts-ignore: decorator
@inline
export function filterGradientLine(kind: i32, u: usize, step: usize, to: usize, toStep: usize): void {
  if (kind == Kind.whole) filterGradientWhole(u, step, to, toStep);
  else if (kind == Kind.halved) filterGradientHalved(u, step, to, toStep);
  else v128.store(to, v128.load(u));
}
