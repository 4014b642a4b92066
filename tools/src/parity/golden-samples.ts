import { readFileSync } from 'node:fs';
import { resample } from '@earshot/audio';
import { z } from 'zod';
import { SampleErrors } from './sample-errors.js';

const golden = z.object({
  samples: z.number(),
  silent: z.tuple([z.number(), z.number()]),
  ratios: z.array(z.object({ from: z.number(), to: z.number(), starts: z.array(z.number()), stretches: z.array(z.array(z.number())) })),
});

/** The rates of recordings; at rarer ones the filters differ from librosa's (docs/features.md). */
const usualRates = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];

/** Noise fills the band, and the fit is nearer to librosa than clips must be: a cutoff or window a ten-thousandth off is outside. */
const largest = 2e-6;

/** Stretches of noise, resampled by us and by librosa (libs/audio/golden/make-resample.py): a column's spread would hide a filter that is off. */
export function goldenSampleErrors(resampled = resample): SampleErrors {
  const file = new URL('../../../libs/audio/golden/resample.json', import.meta.url);
  const { samples, silent, ratios } = golden.parse(JSON.parse(readFileSync(file, 'utf8')));
  const input = noise(samples).fill(0, ...silent);
  const errors = new SampleErrors(largest);
  for (const { from, to, starts, stretches } of ratios) {
    if (!usualRates.includes(from)) continue;
    const out = resampled(input, from, to);
    const ours = starts.flatMap((start, i) => Array.from(out.subarray(start, start + stretches[i]!.length)));
    errors.add('noise', from, to, Float32Array.from(ours), Float32Array.from(stretches.flat()));
  }
  return errors;
}

/** The generator of make-resample.py. */
function noise(count: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 0.25 * (state / 2 ** 31 - 1);
  });
}
