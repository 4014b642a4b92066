import type { Random } from './random.js';

/** y[i] = x[i] + level·N(0, 1). */
export function addNoise(samples: Float32Array, level: number, random: Random): Float32Array {
  return samples.map((value) => value + level * random.normal());
}
