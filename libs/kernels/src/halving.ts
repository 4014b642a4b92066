import { type Kernels, kernels } from './kernels.js';

/**
 * out[m] = ½·z[c + 2m] + Σⱼ weights[j]·(z[c + 2m + 2j + 1] + z[c + 2m − 2j − 1]), c = 2·weights.length: `out.length` values, by SIMD
 * WebAssembly. There are 8 or 9 weights; `z` has 2·weights.length samples before the first centre and as many behind the last.
 */
export function halve(z: Float32Array, weights: Float32Array, out: Float32Array, owner: Kernels = kernels()): void {
  const { arena, run } = owner;
  arena.scoped(() => {
    const zAt = arena.takeTable(z);
    const weightsAt = arena.takeTable(weights);
    const outAt = arena.take(4 * out.length);
    run.halve(zAt + 8 * weights.length, weightsAt, outAt, out.length, weights.length);
    out.set(arena.f32(outAt, out.length));
  });
}
