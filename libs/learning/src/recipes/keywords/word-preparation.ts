import { EarshotError } from '@earshot/contracts';
import { z } from 'zod';
import type { Prepare } from '../../networks/preparations.js';
import { augmentedWord, wordAugmentation } from './word-augmentation.js';
import { wordInput } from './word-input.js';

/** Options of the preparation `words@1`: what the profile's bands are, and how words are varied while the network learns them. */
const wordOptions = z.strictObject({
  frames: z.int().min(8).max(1000).default(64),
  bands: z.int().min(8).max(128).default(40),
  /** Where the profile's first band begins and its last one ends. */
  minHz: z.number().min(0).default(80),
  maxHz: z.number().positive().default(3900),
  augmentation: wordAugmentation.prefault({}),
});

/** From the mel power of `speech-40@1` to the network's input; varied for the occasion while it trains, as it is (`null`) otherwise. */
export function wordPreparation(options: unknown): Prepare {
  const { frames, bands, minHz, maxHz, augmentation } = wordOptions.parse(options);
  const shape = { frames, bands };
  const centresHz = bandCentresHz(bands, minHz, maxHz);
  return (row, _shape, occasion) => {
    check(row, bands);
    return occasion === null ? wordInput(row, shape) : augmentedWord(row, shape, centresHz, augmentation, occasion);
  };
}

function check(row: Float32Array, bands: number): void {
  const isWhole = row.length > 0 && row.length % bands === 0;
  if (!isWhole) throw new EarshotError('TRAINING_DATA_UNFIT', `${row.length} values are no matrix of ${bands} bands`);
  if (row.some((value) => !(value >= 0)))
    throw new EarshotError('TRAINING_DATA_UNFIT', 'power is never below 0: take the profile speech-40@1');
}

/** Equally spaced on HTK's mel scale, mel = 2595·log₁₀(1 + f/700), as the profile has them. */
function bandCentresHz(bands: number, minHz: number, maxHz: number): Float64Array {
  const [low, high] = [minHz, maxHz].map((hz) => Math.log10(1 + hz / 700));
  return Float64Array.from({ length: bands }, (_, b) => 700 * (10 ** (low! + ((b + 1) * (high! - low!)) / (bands + 1)) - 1));
}
