import type { Kernels } from '@earshot/kernels';
import type { FrameFeature } from './frame-feature.js';
import { type FrameRule, framesPerBlock } from './spectrogram.js';

/**
 * Zero-crossing rate: how often the sign changes inside each frame, for each sample of it.
 *
 *     zcr[t] = 1/N·#{i = 1 … N − 1 : s[t·H + i − N/2] ≠ s[t·H + i − N/2 − 1]}        s[j] = y[j] < −1e-10
 *
 * One row, between 0 and 1. Outside the signal its first and last sample are repeated, so nothing crosses there. A frame is the sum
 * of N/H blocks, without the crossing at its own first sample. Reference: librosa 0.11 `feature.zero_crossing_rate`.
 */
export function zeroCrossingRate({ run, arena }: Kernels, { fftSize: N, hopSamples: H }: FrameRule, sampleCount: number): FrameFeature {
  const blocks = N / H;
  const crossings = arena.take(4 * (framesPerBlock + blocks));
  const atStart = arena.take(4 * (framesPerBlock + blocks));
  return {
    rows: 1,
    pass: 'first',
    measure({ pcm, firstFrame, frameCount }, out) {
      const count = frameCount - 1 + blocks;
      run.blockCrossings(pcm, count, H, crossings, atStart);
      const C = arena.u32(crossings, count);
      const S = arena.u32(atStart, count);
      const samples = arena.f32(pcm, count * H);
      // the zeros around the signal are not its edge samples: take back the crossings they make
      for (const edge of [0, sampleCount]) {
        const at = edge - (firstFrame * H - N / 2);
        const neighbour = edge === 0 ? at : at - 1;
        if (at < 0 || at >= count * H || neighbour < 0 || samples[neighbour]! >= -1e-10) continue;
        C[Math.floor(at / H)]! -= 1;
        if (at % H === 0) S[at / H] = 0;
      }
      const values = arena.f32(out, frameCount);
      for (let t = 0; t < frameCount; t++) {
        let sum = -S[t]!;
        for (let b = t; b < t + blocks; b++) sum += C[b]!;
        values[t] = sum / N;
      }
    },
  };
}
