import type { ProfileChoice } from '@earshot/contracts';
import type { Extraction } from '@earshot/features';
import { z } from 'zod';
import { defineFunction } from '../pool/define-function.js';
import { type ClipFacts, clipFacts } from './clip-facts.js';
import { type ClipFile, lendClip } from './clip-file.js';
import { clipLimits } from './clip-limits.js';
import { finiteValues } from './finite-values.js';
import { profileOf } from './profile-of.js';

export interface ClipExtraction extends ClipFacts {
  /** In the order of the profiles. */
  extractions: Extraction[];
}

export const extraction = z
  .object({
    profile: z.string(),
    hash: z.string(),
    shape: z.array(z.int().positive()),
    columns: z.array(z.string()),
    values: finiteValues,
  })
  .refine(({ shape, values }) => shape.reduce((product, n) => product * n, 1) === values.length);

/** Decodes a clip once and computes what each profile makes of it. */
export const extractClip = defineFunction<ClipFile & { profiles: ProfileChoice[] }, ClipExtraction>({
  lend: lendClip,
  limits: ({ sizeBytes }) => clipLimits(sizeBytes, { outputBytes: 64_000_000 }),
  output: clipFacts.extend({ extractions: z.array(extraction) }),
  async run({ path, sizeBytes, profiles: choices }, context) {
    const [{ withClipPcm }, { factsOf }, { extract }, { checkCost }] = await Promise.all([
      import('../decoding/with-clip-pcm.js'),
      import('../decoding/facts-of.js'),
      import('@earshot/features'),
      import('./check-cost.js'),
    ]);
    const profiles = await Promise.all(choices.map(profileOf));
    const rates = profiles.map(({ sampleRate }) => sampleRate);
    return withClipPcm(path, rates, context, ({ decoded, pcm, newSpool }) => {
      checkCost(profiles, decoded, clipLimits(sizeBytes).wallClockMs);
      return { ...factsOf(decoded), extractions: extract(profiles, (rate) => pcm.at(rate), { spool: newSpool }) };
    });
  },
});
