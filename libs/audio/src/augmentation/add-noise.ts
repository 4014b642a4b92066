import type { SeededRandom } from './seeded-random.js';

/** y[i] = x[i] + level·N(0, 1). */
export function addNoise(samples: Float32Array, level: number, random: SeededRandom): Float32Array {
  return samples.map((value) => value + level * random.normal());
}
