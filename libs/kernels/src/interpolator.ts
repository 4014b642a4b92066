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
 * `z` reaches to the last weight of the last output.
 */
export function interpolate(
  z: Float32Array,
  table: InterpolationTable,
  start: number,
  out: Float32Array,
  owner: Kernels = kernels(),
): void {
  const { weights, tapCount, phaseCount, step } = table;
  const { arena, run } = owner;
  const first = Math.floor(start / phaseCount);
  const used = z.subarray(first);
  arena.scoped(() => {
    const zAt = arena.take(4 * used.length);
    const weightsAt = arena.take(4 * weights.length);
    const outAt = arena.take(4 * out.length);
    arena.f32(zAt, used.length).set(used);
    arena.f32(weightsAt, weights.length).set(weights);
    run.interpolate(zAt, weightsAt, outAt, out.length, tapCount, start - first * phaseCount, step, phaseCount);
    out.set(arena.f32(outAt, out.length));
  });
}
