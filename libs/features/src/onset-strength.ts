import type { Kernels } from '@earshot/kernels';
import type { FrameFeature } from './frame-feature.js';
import type { MelDecibels } from './mel-decibels.js';

export type OnsetAggregate = 'mean' | 'median';

/**
 * Onset strength: how much louder the mel bands became since the frame before, in dB.
 *
 *     e[t] = mean_b or median_b of max(0, db[t,b] − db[t−1,b])        db raised to floorDb
 *
 * One row, e[0] = 0, not yet moved to where the onset is heard: `onsetEnvelope` does that. `mean` is librosa's `onset_strength`,
 * `median` is what its `beat_track` uses. Reference: librosa 0.11 `onset.onset_strength`.
 */
export function onsetStrength({ run, arena }: Kernels, mel: MelDecibels, aggregate: OnsetAggregate): FrameFeature {
  const { bands } = mel.rule;
  const quadLength = 4 * bands;
  const scratch = arena.take(16 * bands);
  const before = arena.take(16 * bands);
  return {
    rows: 1,
    pass: 'again',
    measure(block, out) {
      const db = mel.at(block);
      if (block.index === 0) arena.f32(before, quadLength).set(arena.f32(db, quadLength));
      run.quadOnset(db, block.quadCount, bands, mel.floorDb, before, aggregate === 'median', scratch, out);
      if (block.index === 0) arena.f32(out, 1)[0] = 0;
      arena.f32(before, quadLength).set(arena.f32(db + 16 * bands * (block.quadCount - 1), quadLength));
    },
  };
}

/** The frames by which librosa moves the envelope: it counters the half window of centred frames. */
export function onsetDelayFrames(fftSize: number, hopSamples: number): number {
  return Math.floor(fftSize / (2 * hopSamples));
}

/** The envelope as librosa gives it: e moved by `delayFrames`, zeros in front, cut to its length. */
export function onsetEnvelope(strength: Float32Array, delayFrames: number): Float32Array {
  const envelope = new Float32Array(strength.length);
  envelope.set(strength.subarray(0, Math.max(0, strength.length - delayFrames)), Math.min(delayFrames, strength.length));
  return envelope;
}
