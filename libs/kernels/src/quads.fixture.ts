import { loadKernels } from './kernels.js';

// Frames to and from the layout of the feature kernels: four frames side by side, [quad][row][lane].

export const owner = loadKernels();
const { arena } = owner;

/** Reproducible numbers in ±1, without any pattern that a kernel could hide behind. */
export function noise(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  });
}

/** Puts a table into the arena for ever. */
export function placed(values: Float32Array | Float64Array | Uint32Array): number {
  return arena.keepTable(values);
}

/** Puts frames into the arena as quads; lanes past the last frame are 0. */
export function placedQuads(frames: readonly ArrayLike<number>[]): number {
  const rows = frames[0]!.length;
  const quads = new Float32Array(Math.ceil(frames.length / 4) * rows * 4);
  frames.forEach((frame, t) => {
    for (let row = 0; row < rows; row++) quads[((t >> 2) * rows + row) * 4 + (t & 3)] = frame[row]!;
  });
  return placed(quads);
}

/** The power of a frame of magnitudes, rounded to f32 as the kernels have it. */
export function powerOf(magnitudes: Float32Array): Float32Array {
  return magnitudes.map((magnitude) => magnitude ** 2);
}

/** Reads frames of `rows` values back. */
export function readQuads(pointer: number, frameCount: number, rows: number): Float32Array[] {
  const quads = arena.f32(pointer, Math.ceil(frameCount / 4) * rows * 4);
  return Array.from({ length: frameCount }, (_, t) =>
    Float32Array.from({ length: rows }, (_, row) => quads[((t >> 2) * rows + row) * 4 + (t & 3)]!),
  );
}

/** The largest deviation from the twin, relative to the largest value of the twin. */
export function deviation(actual: ArrayLike<number>, twin: ArrayLike<number>): number {
  expect(actual.length).toBe(twin.length);
  let worst = 0;
  let scale = 0;
  for (let i = 0; i < twin.length; i++) {
    worst = Math.max(worst, Math.abs(actual[i]! - twin[i]!));
    scale = Math.max(scale, Math.abs(twin[i]!));
  }
  return scale === 0 ? worst : worst / scale;
}
