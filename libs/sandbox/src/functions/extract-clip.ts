import { types } from 'node:util';
import { type Features, features, type ProfileChoice } from '@earshot/contracts';
import type { Extraction, Profile } from '@earshot/features';
import { z } from 'zod';
import { defineFunction } from '../pool/define-function.js';
import type { ClipFile } from './clip-file.js';
import { clipLimits } from './clip-limits.js';
import { storableName } from './storable-name.js';

export interface ClipExtraction {
  format: string;
  decoder: string;
  durationSeconds: number;
  warnings: Features['warnings'];
  /** In the order of the profiles. */
  extractions: Extraction[];
}

const extraction = z
  .object({
    profile: z.string(),
    hash: z.string(),
    shape: z.array(z.int().positive()),
    columns: z.array(z.string()),
    // Not `instanceof`: what is deserialized need not come from the realm of this module.
    values: z.custom<Float32Array>(types.isFloat32Array),
  })
  .refine(({ shape, values }) => shape.reduce((product, n) => product * n, 1) === values.length && areFinite(values));

/** Decodes a clip once and computes what each profile makes of it. */
export const extractClip = defineFunction<ClipFile & { profiles: ProfileChoice[] }, ClipExtraction>({
  limits: ({ sizeBytes }) => clipLimits(sizeBytes, { outputBytes: 64_000_000 }),
  output: z.object({
    format: storableName,
    decoder: storableName,
    durationSeconds: z.number().nonnegative(),
    warnings: features.shape.warnings,
    extractions: z.array(extraction),
  }),
  async run({ path, profiles: choices }, context) {
    const [{ decodeClip }, { ClipPcm }, { ClipSpool }, { extract }] = await Promise.all([
      import('../decoding/decode-clip.js'),
      import('../decoding/clip-pcm.js'),
      import('../decoding/clip-spool.js'),
      import('@earshot/features'),
    ]);
    const profiles = await Promise.all(choices.map(profileOf));
    const newSpool = () => new ClipSpool(context.workingFolder);
    const newReceiver = () =>
      new ClipPcm(
        profiles.map(({ sampleRate }) => sampleRate),
        newSpool,
      );
    const { decoded, receiver: pcm } = await decodeClip(path, newReceiver, context);
    try {
      pcm.end();
      const { format, decoder, frames, sampleRate, isTruncated } = decoded;
      const extractions = extract(profiles, (rate) => pcm.at(rate), { spool: newSpool });
      return { format, decoder, durationSeconds: frames / sampleRate, warnings: isTruncated ? ['TRUNCATED'] : [], extractions };
    } finally {
      pcm.close();
    }
  },
});

/** A named profile, or one that a user defined. Definitions are checked and hashed once in each process. */
async function profileOf(choice: ProfileChoice): Promise<Profile> {
  const { defineProfile, getProfile } = await import('@earshot/features');
  if (typeof choice === 'string') return getProfile(choice);
  const key = JSON.stringify(choice);
  const profile = defined.get(key) ?? defineProfile(choice);
  if (defined.size < 100) defined.set(key, profile);
  return profile;
}

const defined = new Map<string, Profile>();

/** A value times 0 is 0, or NaN when it is none or infinite. */
function areFinite(values: Float32Array): boolean {
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += values[i]! * 0;
  return zero === 0;
}
