import type { Kernels } from '@earshot/kernels';
import type { FrameFeature } from './frame-feature.js';
import type { MelDecibels } from './mel-decibels.js';

/**
 * Log-mel spectrogram: max(floorDb, db[t,b]), one row a band, in dB relative to full scale power 1.
 * Silence is −100 dB everywhere. Reference: librosa 0.11 `power_to_db(melspectrogram(…), ref=1, amin=1e-10, top_db=80)`.
 */
export function logMel({ run }: Kernels, mel: MelDecibels): FrameFeature {
  return {
    rows: mel.rule.bands,
    pass: 'again',
    measure: (block, out) => run.raise(mel.at(block), block.quadCount * mel.rule.bands * 4, mel.floorDb, out),
  };
}
