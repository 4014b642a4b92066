import type { ProfileChoice } from '@earshot/contracts';
import type { Extraction } from '@earshot/features';
import { z } from 'zod';
import { defineFunction } from '../pool/define-function.js';
import { lendModel, type ModelFile } from '../scoring/model-file.js';
import type { Windows } from '../scoring/windows.js';
import { type ClipFacts, clipFacts } from './clip-facts.js';
import { type ClipFile, lendClip } from './clip-file.js';
import { clipLimits } from './clip-limits.js';
import { extraction } from './extract-clip.js';
import { finiteValues } from './finite-values.js';
import { profileOf } from './profile-of.js';

export interface ClipScores extends ClipFacts {
  /** The vector that was scored, to be kept; null of windows. */
  extraction: Extraction | null;
  /** Which of the windows could be scored; null without windows. */
  isScored: boolean[] | null;
  /** Probabilities of the clip, or of each window that could be scored: rows × labels. */
  probabilities: Float32Array;
}

/** Decodes a clip once, computes its vector (or that of each window) and scores it. */
export const scoreClip = defineFunction<ClipFile & { profile: ProfileChoice; model: ModelFile; windows: Windows | null }, ClipScores>({
  lend: (input, lend) => ({ ...lendClip(input, lend), model: lendModel(input.model, lend) }),
  limits({ sizeBytes, model, windows }) {
    const { wallClockMs, ...limits } = clipLimits(sizeBytes, { outputBytes: 64_000_000 });
    return { ...limits, memoryMb: 768, wallClockMs: wallClockMs + model.sizeBytes / 1_000 + (windows === null ? 0 : 60_000) };
  },
  output: clipFacts.extend({
    extraction: extraction.nullable(),
    isScored: z.array(z.boolean()).nullable(),
    probabilities: finiteValues,
  }),
  async run({ path, profile: choice, model, windows }, context) {
    const [{ withClipPcm }, { factsOf }, { extract }, { loadedModel }, { score }, { scoreWindows }] = await Promise.all([
      import('../decoding/with-clip-pcm.js'),
      import('../decoding/facts-of.js'),
      import('@earshot/features'),
      import('../scoring/loaded-models.js'),
      import('../scoring/score.js'),
      import('../scoring/score-windows.js'),
    ]);
    const profile = await profileOf(choice);
    const scorer = await loadedModel(model);
    return withClipPcm(path, [profile.sampleRate], context, ({ decoded, pcm, newSpool }) => {
      const facts = factsOf(decoded);
      if (windows !== null) return { ...facts, extraction: null, ...scoreWindows(scorer, profile, pcm.at(profile.sampleRate), windows) };
      const [extracted] = extract([profile], (rate) => pcm.at(rate), { spool: newSpool });
      if (extracted === undefined) throw new Error(`Nothing came of ${profile.id}`);
      return { ...facts, extraction: extracted, isScored: null, probabilities: score(scorer, [extracted.values]) };
    });
  },
});
