import { z } from 'zod';
import { Random } from '../random.js';
import { type Prepare, transposed } from './preparations.js';

const logMelOptions = z.strictObject({ level: z.number(), deviation: z.number().positive(), masks: z.boolean() });
const masksOfEach = 2;
const widestShare = 1 / 8;

/** A mel spectrogram in dB, [bands, frames], to (x − level) / deviation; while it trains, two runs of bands and two of frames become 0 (SpecAugment, Park et al. 2019). */
export function logMelPreparation(options: unknown): Prepare {
  const { level, deviation, masks } = logMelOptions.parse(options);
  return (row, shape, occasion) => {
    const bands = shape[0]!;
    const out = transposed(row, bands).map((value) => (value - level) / deviation);
    if (!masks || occasion === null) return out;
    const random = new Random(occasion.seed, 'masks', occasion.epoch, occasion.row);
    const frames = out.length / bands;
    for (let i = 0; i < masksOfEach; i++) {
      const [band, bandEnd] = runOf(random, 4 * i, bands);
      for (let t = 0; t < frames; t++) out.fill(0, t * bands + band, t * bands + bandEnd);
      const [frame, frameEnd] = runOf(random, 4 * i + 2, frames);
      out.fill(0, frame * bands, frameEnd * bands);
    }
    return out;
  };
}

function runOf(random: Random, index: number, length: number): [first: number, end: number] {
  const width = random.below(index, Math.floor(length * widestShare) + 1);
  const first = random.below(index + 1, length - width + 1);
  return [first, first + width];
}
