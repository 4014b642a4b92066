import { z } from 'zod';
import { mask } from './masks.js';
import { type Prepare, transposed } from './preparations.js';

const logMelOptions = z.strictObject({ level: z.number(), deviation: z.number().positive(), masks: z.boolean() });

/** A mel spectrogram in dB, [bands, frames], to (x − level) / deviation; while it trains, bands and frames are masked. */
export function logMelPreparation(options: unknown): Prepare {
  const { level, deviation, masks } = logMelOptions.parse(options);
  return (row, shape, occasion) => {
    const bands = shape[0]!;
    const out = transposed(row, bands).map((value) => (value - level) / deviation);
    if (masks && occasion !== null) mask(out, bands, occasion);
    return out;
  };
}
