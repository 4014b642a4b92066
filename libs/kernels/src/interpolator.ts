import { type Kernels, kernels } from './kernels.js';

export interface InterpolationTable {
  /** Row p holds the `tapCount` weights of phase p. */
  weights: Float32Array;
  /** A multiple of 4. */
  tapCount: number;
  phaseCount: number;
  /** Phases from one output to the next. */
  step: number;
}

/**
 * out[m] = Σⱼ weights[p, j]·z[q + j], where start + m·step = q·phaseCount + p: `out.length` values, by SIMD WebAssembly.
 * `z` reaches to the last weight of the last output; `start` is less than `phaseCount`.
 */
export function interpolate(
  z: Float32Array,
  { weights, tapCount, phaseCount, step }: InterpolationTable,
  start: number,
  out: Float32Array,
  owner: Kernels = kernels(),
): void {
  inArena({ z, weights, out, owner }, (zAt, weightsAt, outAt) =>
    owner.run.interpolate(zAt, weightsAt, outAt, out.length, tapCount, start, step, phaseCount),
  );
}

/** For ratios with too many phases: the weights of any position are interpolated between those of 2^phaseBits. */
export interface CoarseTable {
  /** Row p holds, for each four taps, four coefficients of x^order, then of x^(order − 1), … of 1. */
  weights: Float32Array;
  tapCount: number;
  phaseBits: number;
  order: 1 | 2;
  /** From one output to the next, in 2^−32 of a sample. */
  step: number;
}

/** As `interpolate`, `start` being less than 2^32. */
export function interpolateBetween(
  z: Float32Array,
  { weights, tapCount, phaseBits, order, step }: CoarseTable,
  start: number,
  out: Float32Array,
  owner: Kernels = kernels(),
): void {
  inArena({ z, weights, out, owner }, (zAt, weightsAt, outAt) =>
    owner.run.interpolateBetween(zAt, weightsAt, outAt, out.length, tapCount, start, step, phaseBits, order),
  );
}

interface Arrays {
  z: Float32Array;
  weights: Float32Array;
  out: Float32Array;
  owner: Kernels;
}

/** Samples and weights into the arena, what the kernel makes of them back into `out`. */
function inArena({ z, weights, out, owner: { arena } }: Arrays, work: (zAt: number, weightsAt: number, outAt: number) => void): void {
  arena.scoped(() => {
    const outAt = arena.take(4 * out.length);
    work(arena.takeTable(z), arena.takeTable(weights), outAt);
    out.set(arena.f32(outAt, out.length));
  });
}
