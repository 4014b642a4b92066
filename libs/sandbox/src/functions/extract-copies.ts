import type { ClipAugmentation, ProfileChoice } from '@earshot/contracts';
import type { Extraction } from '@earshot/features';
import { z } from 'zod';
import { defineFunction } from '../pool/define-function.js';
import { type ClipFile, lendClip } from './clip-file.js';
import { clipLimits } from './clip-limits.js';
import { extraction } from './extract-clip.js';
import { profileOf } from './profile-of.js';

export interface CopiesTask extends ClipFile {
  profile: ProfileChoice;
  augmentation: ClipAugmentation;
  /** One for each copy. */
  seeds: number[];
}

/** Decodes a clip once, changes it as often as there are seeds, and computes what the profile makes of each copy. */
export const extractCopies = defineFunction<CopiesTask, { copies: Extraction[] }>({
  lend: lendClip,
  limits({ sizeBytes, seeds }) {
    const { wallClockMs, ...limits } = clipLimits(sizeBytes, { outputBytes: 64_000_000 });
    return { ...limits, wallClockMs: wallClockMs * (1 + 2 * seeds.length) }; // changing a copy takes about twice what decoding does
  },
  output: z.object({ copies: z.array(extraction).min(1) }),
  async run({ path, profile: choice, augmentation, seeds }, context) {
    const [{ withClipPcm }, { extract, pcmInMemory }, { augment }] = await Promise.all([
      import('../decoding/with-clip-pcm.js'),
      import('@earshot/features'),
      import('@earshot/audio'),
    ]);
    const profile = await profileOf(choice);
    const { semitones, stretch, noise } = augmentation;
    const changes = { semitones: [-semitones, semitones], stretch: [1 - stretch, 1 + stretch], noise } as const;
    return withClipPcm(path, [profile.sampleRate], context, ({ pcm, newSpool }) => {
      const source = pcm.at(profile.sampleRate);
      const samples = new Float32Array(source.sampleCount);
      source.read(0, samples);
      const copyOf = (seed: number) => augment(samples, changes, seed);
      return { copies: seeds.flatMap((seed) => extract([profile], (rate) => pcmInMemory(copyOf(seed), rate), { spool: newSpool })) };
    });
  },
});
