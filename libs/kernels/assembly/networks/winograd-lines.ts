import { filterGradientHalved, filterHalved, gradientHalved, inputDoubled, inputHalved, outputDoubled, outputHalved } from './winograd-halved';
import { filterGradientWhole, filterWhole, gradientWhole, inputWhole, outputWhole } from './winograd-whole';

/** What an axis of a convolution is to Winograd's filtering. */
export namespace Form {
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
export function inputSide(form: i32): i32 {
  return form == Form.whole ? 6 : form == Form.halved ? 9 : form == Form.doubled ? 5 : 1;
}

/** From one tile's first position of the input to the next's. */
// @ts-ignore: decorator
@inline
export function inputStep(form: i32): i32 {
  return form == Form.halved ? 8 : form == Form.single ? 1 : 4;
}

// @ts-ignore: decorator
@inline
export function pointsOf(form: i32): i32 {
  return form == Form.whole ? 6 : form == Form.single ? 1 : 9;
}

/** Positions of the output that a tile gives. */
// @ts-ignore: decorator
@inline
export function outputSide(form: i32): i32 {
  return form == Form.doubled ? 8 : form == Form.single ? 1 : 4;
}

// @ts-ignore: decorator
@inline
export function tapsOf(form: i32): i32 {
  return form == Form.single ? 1 : 3;
}

// @ts-ignore: decorator
@inline
export function inputLine(form: i32, x: usize, step: usize, to: usize, toStep: usize): void {
  if (form == Form.whole) inputWhole(x, step, to, toStep);
  else if (form == Form.halved) inputHalved(x, step, to, toStep);
  else if (form == Form.doubled) inputDoubled(x, step, to, toStep);
  else v128.store(to, v128.load(x));
}

// @ts-ignore: decorator
@inline
export function outputLine(form: i32, m: usize, step: usize, to: usize, toStep: usize): void {
  if (form == Form.whole) outputWhole(m, step, to, toStep);
  else if (form == Form.halved) outputHalved(m, step, to, toStep);
  else if (form == Form.doubled) outputDoubled(m, step, to, toStep);
  else v128.store(to, v128.load(m));
}

// @ts-ignore: decorator
@inline
export function gradientLine(form: i32, d: usize, step: usize, to: usize, toStep: usize): void {
  if (form == Form.whole) gradientWhole(d, step, to, toStep);
  else if (form == Form.halved) gradientHalved(d, step, to, toStep);
  else v128.store(to, v128.load(d));
}

// @ts-ignore: decorator
@inline
export function filterLine(form: i32, w: usize, step: isize, to: usize, toStep: usize): void {
  if (form == Form.whole) filterWhole(w, step, to, toStep);
  else if (form == Form.single) v128.store(to, v128.load(w));
  else filterHalved(w, step, to, toStep);
}

// @ts-ignore: decorator
@inline
export function filterGradientLine(form: i32, u: usize, step: usize, to: usize, toStep: usize): void {
  if (form == Form.whole) filterGradientWhole(u, step, to, toStep);
  else if (form == Form.halved) filterGradientHalved(u, step, to, toStep);
  else v128.store(to, v128.load(u));
}
