import type { ProfileChoice } from '@earshot/contracts';
import type { PcmSource } from '@earshot/features';
import type { FeatureMap } from '@earshot/learning';
import { z } from 'zod';
import { defineFunction } from '../pool/define-function.js';
import { lendModel, type ModelFile } from '../scoring/model-file.js';
import { type ClipFacts, clipFacts } from './clip-facts.js';
import { type ClipFile, lendClip } from './clip-file.js';
import { clipLimits } from './clip-limits.js';
import { finiteValues } from './finite-values.js';
import { profileOf } from './profile-of.js';

export interface ClipExplanation extends ClipFacts {
  probabilities: Float32Array;
  heardSeconds: number;
  layers: { name: string; channels: number; map: FeatureMap }[];
  /** Of each label. */
  activations: { map: FeatureMap; bias: number }[];
  spectrogram: FeatureMap;
  waveform: { sampleRate: number; durationSeconds: number; values: Float32Array };
}

const most = { bands: 128, frames: 256 };
const mostWaveformValues = 8_000;

const size = z.int().positive();
const map = z
  .object({ bands: size, frames: size, values: finiteValues })
  .refine(({ bands, frames, values }) => bands * frames === values.length);

/** Decodes a clip, scores it, and shows what the answer came from. */
export const explainClip = defineFunction<ClipFile & { profile: ProfileChoice; model: ModelFile }, ClipExplanation>({
  lend: (input, lend) => ({ ...lendClip(input, lend), model: lendModel(input.model, lend) }),
  limits({ sizeBytes, model }) {
    const { wallClockMs, ...limits } = clipLimits(sizeBytes, { outputBytes: 64_000_000 });
    return { ...limits, outputValues: 200_000, memoryMb: 768, wallClockMs: wallClockMs + model.sizeBytes / 1_000 };
  },
  output: clipFacts.extend({
    probabilities: finiteValues,
    heardSeconds: z.number().nonnegative(),
    layers: z.array(z.object({ name: z.string().max(40), channels: size, map })).max(100),
    activations: z.array(z.object({ map, bias: z.number() })).max(10_000),
    spectrogram: map,
    waveform: z.object({ sampleRate: size, durationSeconds: z.number().nonnegative(), values: finiteValues }),
  }),
  async run({ path, profile: choice, model }, context) {
    const [{ withClipPcm }, { factsOf }, { extract }, { loadedModel }, { firstFrames, reduced }, { EarshotError }] = await Promise.all([
      import('../decoding/with-clip-pcm.js'),
      import('../decoding/facts-of.js'),
      import('@earshot/features'),
      import('../scoring/loaded-models.js'),
      import('@earshot/learning'),
      import('@earshot/contracts'),
    ]);
    const profile = await profileOf(choice);
    const scorer = await loadedModel(model);
    return withClipPcm(path, [profile.sampleRate], context, ({ decoded, pcm, newSpool }) => {
      const [extracted] = extract([profile], (rate) => pcm.at(rate), { spool: newSpool });
      const { shape: [bands = 0, frames = 0] = [], values = new Float32Array() } = extracted ?? {};
      if (scorer.explain === undefined || frames === 0)
        throw new EarshotError('MODEL_INVALID', 'An answer of this model is no sum over places: it cannot be explained');
      const { frames: heard, ...explanation } = scorer.explain(values);
      const source = pcm.at(profile.sampleRate);
      const heardSamples = Math.min(source.sampleCount, heard * profile.frames.hopSamples);
      const heardSeconds = heardSamples / profile.sampleRate;
      return {
        ...factsOf(decoded),
        ...explanation,
        heardSeconds,
        spectrogram: reduced(firstFrames({ bands, frames, values }, heard), most),
        waveform: { sampleRate: profile.sampleRate, durationSeconds: heardSeconds, values: extremesOf(source, heardSamples) },
      };
    });
  },
});

/** Of equal parts the sample that is furthest from 0. */
function extremesOf(source: PcmSource, count: number): Float32Array {
  const samples = new Float32Array(count);
  source.read(0, samples);
  if (count <= mostWaveformValues) return samples;
  return Float32Array.from({ length: mostWaveformValues }, (_, part) => {
    const [from, end] = [part, part + 1].map((edge) => Math.floor((edge * count) / mostWaveformValues));
    let extreme = 0;
    for (let i = from!; i < end!; i++) if (Math.abs(samples[i]!) > Math.abs(extreme)) extreme = samples[i]!;
    return extreme;
  });
}
