import { addNoise } from './add-noise.js';
import { SeededRandom } from './seeded-random.js';
import { shiftPitch } from './shift-pitch.js';
import { stretchTime } from './stretch-time.js';

/** What may be done to a clip, in this order; amounts are drawn uniformly. What is left out is not done. */
export interface Augmentation {
  /** Tempo, for example [0.9, 1.1]. */
  stretch?: readonly [number, number];
  semitones?: readonly [number, number];
  /** Standard deviation of white noise, for example 0.005. */
  noise?: number;
}

/** A changed copy of a clip: the same for the same seed. */
export function augment(samples: Float32Array, { stretch, semitones, noise }: Augmentation, seed: number): Float32Array {
  const random = new SeededRandom(seed);
  let out = samples;
  if (stretch) out = stretchTime(out, random.between(...stretch));
  if (semitones) out = shiftPitch(out, random.between(...semitones));
  if (noise) out = addNoise(out, noise, random);
  return out === samples ? samples.slice() : out;
}
