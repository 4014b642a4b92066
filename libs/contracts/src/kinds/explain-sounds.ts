import { z } from 'zod';
import { eachChunk } from '../job.js';
import { defineKind } from '../kind.js';
import { aliasName, classifierName } from '../resources/classifier.js';
import { defineTask } from '../task.js';
import { versionNumber } from '../version-number.js';
import { clipErrors, clipWarnings } from './clip-errors.js';
import { chosenModel, prediction } from './predict.js';

const probability = z.number().min(0).max(1);
const seconds = z.number().nonnegative();

const topK = z.int().min(1).max(10).default(3).meta({ description: 'How many of the most probable labels are told and explained' });

/** Values over bands (rows, the lowest first) and time (columns), of the part of the clip that is heard. */
const map = {
  shape: z.array(z.int().positive()).length(2).meta({ description: '[bands, frames]' }),
  values: z.array(z.array(z.number())).meta({ description: 'Of each band, from low to high, the frames; four digits' }),
};

export const soundExplanation = z.object({
  label: z.string().meta({ description: 'The most probable label' }),
  confidence: probability,
  predictions: z.array(z.object({ label: z.string(), score: probability })).meta({ description: 'The most probable labels, best first' }),
  model: prediction.shape.model.omit({ decisionRevision: true }),
  durationSeconds: seconds.meta({ description: 'Decoded length' }),
  heardSeconds: seconds.meta({
    description:
      'What is heard and shown: up to the last sound, of the first seconds that the profile takes. A shorter clip is heard again and again',
  }),
  layers: z
    .array(z.object({ name: z.string(), channels: z.int().positive(), ...map }))
    .meta({ description: 'What the layers gave, first to last: the mean over their channels, at most 64 × 128' }),
  activations: z.array(z.object({ label: z.string(), bias: z.number(), ...map })).meta({
    description: "How much each place speaks for a label (class activation map). The mean over the map and the bias are the label's logit",
  }),
  spectrogram: z.object(map).meta({ description: 'Mel bands in dB, at most 128 × 256' }),
  waveform: z.object({ sampleRate: z.int().positive(), durationSeconds: seconds, values: z.array(z.number()) }).meta({
    description: 'Of equal parts the sample that is furthest from 0, at most 8,000; what is heard, mixed to one channel at `sampleRate`',
  }),
  warnings: clipWarnings,
});

export type SoundExplanation = z.output<typeof soundExplanation>;

export const explainSounds = defineTask({
  name: 'sounds.explain',
  queue: 'extract',
  summary: 'Scores one chunk of clips and shows what each answer came from',
  input: chosenModel.extend({ topK }),
  itemResult: soundExplanation,
  itemErrors: [...clipErrors, 'FEATURE_NOT_COMPUTABLE', 'MODEL_INVALID'],
  errors: ['MODEL_VERSION_NOT_FOUND', 'MODEL_INVALID', 'BLOB_LOST'],
});

/** Shows what the answers of a model of sounds came from. */
export const explainSoundsJob = defineKind({
  kind: 'explain-sounds',
  route: 'sounds/explanations',
  noun: 'SoundExplanation',
  summary: 'Tells what clips sound like, and shows from what in them the answer came',
  description:
    'Predictions, the maps of the layers, a class activation map of each label that is told, spectrogram and waveform. For models of the recipe `sounds`: of others an answer is no sum over places, and they are refused.',
  over: 'clips',
  input: z.strictObject({
    classifier: classifierName.default('sounds').meta({ description: 'One of those at /api/v1/classifiers; `sounds` by default' }),
    alias: aliasName.optional().meta({ description: "Whose version is taken; by default the classifier's traffic decides" }),
    version: versionNumber.optional().meta({ description: 'The number of a version, instead of an alias' }),
    topK,
  }),
  stages: [eachChunk(explainSounds, { items: 4 })],
  csvColumns: ['label', 'confidence', 'durationSeconds', 'heardSeconds'],
  problems: ['CLASSIFIER_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND', 'ALIAS_NOT_FOUND'],
  example: {
    input: { topK: 1 },
    item: {
      label: 'rain',
      confidence: 0.91,
      predictions: [{ label: 'rain', score: 0.91 }],
      model: { classifier: 'sounds', version: 1, id: '0199c2f0-5d0e-7c3a-9b1e-2f4a6c8e0d12', alias: 'production' },
      durationSeconds: 0.1,
      heardSeconds: 0.1,
      layers: [{ name: 'layer3', channels: 96, shape: [2, 1], values: [[0.31], [0.02]] }],
      activations: [{ label: 'rain', bias: -0.12, shape: [2, 1], values: [[4.1], [1.3]] }],
      spectrogram: { shape: [2, 1], values: [[-31.5], [-62.2]] },
      waveform: { sampleRate: 22_050, durationSeconds: 0.1, values: [0.012, -0.031] },
      warnings: [],
    },
  },
});
