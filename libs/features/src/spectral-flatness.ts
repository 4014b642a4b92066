import type { Kernels } from '@earshot/kernels';
import type { FrameFeature } from './frame-feature.js';
import { framesPerBlock } from './spectrogram.js';

/**
 * Spectral flatness: geometric over arithmetic mean of each frame's power, between 0 (a tone) and 1 (white noise, silence).
 *
 *     flatness[t] = exp(1/K·Σₖ ln p[t,k]) / (1/K·Σₖ p[t,k])        p = max(1e-10, S²), K = fftSize/2 + 1
 *
 * One row, no unit. Reference: librosa 0.11 `feature.spectral_flatness`.
 */
export function spectralFlatness({ run, arena }: Kernels, binCount: number): FrameFeature {
  const means = arena.take(8 * framesPerBlock);
  return {
    rows: 1,
    pass: 'first',
    measure({ magnitude, quadCount }, out) {
      run.quadFlatness(magnitude, quadCount, binCount, means);
      const from = arena.f32(means, quadCount * 8);
      const to = arena.f32(out, quadCount * 4);
      for (let t = 0; t < to.length; t++) {
        const at = 8 * (t >> 2) + (t & 3);
        to[t] = Math.exp(from[at]!) / from[at + 4]!;
      }
    },
  };
}
