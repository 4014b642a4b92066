import { z } from 'zod';
import { type Prepare, transposed } from './preparations.js';

const cepstraOptions = z.strictObject({ frames: z.int().min(1), coefficients: z.int().min(1), meanNormalise: z.boolean() });

/**
 * Cepstra [coefficients, frames], zeros after the last frame of what was shorter, to the first coefficients of each frame. With
 * `meanNormalise` each coefficient loses its mean over the real frames; the frames that are zeros stay so.
 */
export function cepstraPreparation(options: unknown): Prepare {
  const { frames, coefficients, meanNormalise } = cepstraOptions.parse(options);
  return (row, shape) => {
    const all = transposed(row, shape[0]!);
    const out = new Float32Array(frames * coefficients);
    const real = Math.min(frames, realFrames(all, shape[0]!));
    for (let k = 0; k < coefficients; k++) {
      let mean = 0;
      if (meanNormalise) for (let t = 0; t < real; t++) mean += all[t * shape[0]! + k]! / real;
      for (let t = 0; t < real; t++) out[t * coefficients + k] = all[t * shape[0]! + k]! - mean;
    }
    return out;
  };
}

function realFrames(all: Float32Array, coefficients: number): number {
  let end = all.length;
  while (end > 0 && all[end - 1] === 0) end--;
  return Math.ceil(end / coefficients);
}
