import type { Kernels } from '@earshot/kernels';
import type { FrameFeature } from './frame-feature.js';
import type { MelDecibels } from './mel-decibels.js';
import { once } from './once.js';

/**
 * Mel-frequency cepstral coefficients: the orthonormal DCT-II of each frame's mel bands in dB.
 *
 *     mfcc[t,k] = s[k]·Σ_b max(floorDb, db[t,b])·cos(π·k·(2b + 1)/(2B))        s[0] = √(1/B), s[k] = √(2/B)
 *
 * `coefficients` rows; unit dB. Silence: every band is −100 dB, so k = 0 is −100·√B and the others are 0.
 * Reference: librosa 0.11 `feature.mfcc`.
 */
export function mfcc({ run, arena }: Kernels, mel: MelDecibels, coefficients: number): FrameFeature {
  const { bands } = mel.rule;
  const cosines = arena.takeTable(cosineTable(`${bands} ${coefficients}`));
  const scratch = arena.take(16 * bands);
  return {
    rows: coefficients,
    pass: 'again',
    measure: (block, out) => run.quadCepstrum(mel.at(block), block.quadCount, bands, mel.floorDb, cosines, coefficients, scratch, out),
  };
}

/** s[k]·cos(π·k·(2b + 1)/(2B)) for half of the bands, in the groups that the kernel `quadCepstrum` takes. */
const cosineTable = once(16, (key: string) => {
  const [bands = 0, coefficients = 0] = key.split(' ').map(Number);
  const half = bands / 2;
  const table = new Float32Array(Math.ceil(coefficients / 8) * 8 * half);
  for (let k = 0; k < coefficients; k++) {
    const group = (k - (k % 8)) * half + (k % 2) * 4 * half;
    const scale = Math.sqrt((k === 0 ? 1 : 2) / bands);
    for (let b = 0; b < half; b++) {
      table[group + 4 * b + ((k % 8) >> 1)] = scale * Math.cos((Math.PI * k * (2 * b + 1)) / (2 * bands));
    }
  }
  return table;
});
