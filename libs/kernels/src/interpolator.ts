import { type Kernels, kernels } from './kernels.js';

export interface InterpolationTable {
  /** Rows of `tapCount` weights (a multiple of 4), the first for phase 0: one a phase, or `rowCount` + 1 over all phases. */
  weights: Float32Array;
  tapCount: number;
  /** Steps from one input sample to the next. */
  phaseCount: number;
  /** From one output sample to the next, in phases. */
  step: number;
  /** Rows between two input samples when there are more phases than rows: the two around a phase are mixed. */
  rowCount?: number;
}

/** out[i] = Σⱼ z[n + j]·weights[p, j], n·phaseCount + p = start + i·step. `z` reaches to the last sample that is taken. */
export function interpolate(
  z: Float32Array,
  table: InterpolationTable,
  start: number,
  out: Float32Array,
  owner: Kernels = kernels(),
): void {
  const { arena, run } = owner;
  const { weights, tapCount, phaseCount, step, rowCount } = table;
  arena.scoped(() => {
    const rounded = Math.ceil(out.length / 4) * 4;
    const reach = Math.floor((start + (rounded - 1) * step) / phaseCount) + tapCount;
    const input = arena.take(4 * Math.max(reach, z.length));
    arena.f32(input, z.length).set(z);
    const rows = arena.takeTable(weights);
    const result = arena.take(4 * rounded);
    if (rowCount === undefined) run.interpolate(input, rows, result, out.length, tapCount, start, step, phaseCount);
    else run.interpolateBetween(input, rows, result, out.length, tapCount, start, step, phaseCount, rowCount);
    out.set(arena.f32(result, out.length));
  });
}
