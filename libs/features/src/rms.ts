import type { Kernels } from '@earshot/kernels';
import type { FrameFeature } from './frame-feature.js';
import { type FrameRule, framesPerBlock } from './spectrogram.js';

/**
 * Root of the mean square of each frame; 1 is a full-scale square wave.
 *
 *     rms[t] = √(1/N·Σᵢ y[t·H + i − N/2]²)        i = 0 … N − 1, zeros outside the signal
 *
 * One row. A frame is the sum of N/H blocks. Reference: librosa 0.11 `feature.rms`.
 */
export function rms({ run, arena }: Kernels, { fftSize: N, hopSamples: H }: FrameRule): FrameFeature {
  const blocks = N / H;
  const energies = arena.take(8 * (framesPerBlock + blocks));
  return {
    rows: 1,
    pass: 'first',
    measure({ pcm, frameCount }, out) {
      const count = frameCount - 1 + blocks;
      run.blockEnergies(pcm, count, H, energies);
      const E = arena.f64(energies, count);
      const values = arena.f32(out, frameCount);
      for (let t = 0; t < frameCount; t++) {
        let sum = 0;
        for (let b = t; b < t + blocks; b++) sum += E[b]!;
        values[t] = Math.sqrt(sum / N);
      }
    },
  };
}
