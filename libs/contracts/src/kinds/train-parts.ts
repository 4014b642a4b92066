// What the tasks of a training run are told, and hand on to each other.
import { z } from 'zod';
import { evaluation } from '../resources/evaluation.js';
import { profileChoice } from './features.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

export const splitModes = ['grouped', 'random', 'folds'] as const;

/** Changed copies of the clips of the training part: none of what is tested, or of what the epoch is chosen by, is ever changed. */
export const augmentation = z.strictObject({
  copies: z.int().min(1).max(10).default(1).meta({ description: 'Of each clip' }),
  semitones: z.number().min(0).max(12).default(2).meta({ description: 'The pitch is moved by up to so many, up or down' }),
  stretch: z.number().min(0).max(0.5).default(0.1).meta({ description: 'The tempo is changed by up to this share' }),
  noise: z.number().min(0).max(0.1).default(0.005).meta({ description: 'Standard deviation of white noise; 1 is full scale' }),
});

export type ClipAugmentation = z.output<typeof augmentation>;

/** Of a setting in a search: one of some values, or any of a range. */
const settingRange = z.union([
  z.strictObject({
    choices: z
      .array(z.union([z.string(), z.number(), z.boolean(), z.array(z.number())]))
      .min(2)
      .max(50),
  }),
  z.strictObject({
    low: z.number(),
    high: z.number(),
    isLog: z.boolean().default(false).meta({ description: 'Drawn by its logarithm, as for learning rates' }),
    isWhole: z.boolean().default(false),
  }),
]);

/** Several trainings with other settings, of which the best by its validation loss is kept. */
export const search = z.strictObject({
  trials: z.int().min(2).max(50).meta({ description: 'The first with the settings as they are, the others drawn by the seed' }),
  space: z
    .record(z.string(), settingRange)
    .meta({ description: 'By the name of a setting: `{choices: [16, 32]}`, or `{low: 0.0001, high: 0.01, isLog: true}`' }),
});

export type SettingsSearch = z.output<typeof search>;

/** What decides a run, with every name replaced by what it meant when the run was asked for. */
export const trainInput = z.object({
  dataset: z.string(),
  datasetVersion: z.int().positive(),
  datasetVersionId: z.uuid(),
  datasetHash: sha256,
  classifier: z.string(),
  recipe: z.string(),
  profile: profileChoice,
  profileHash: sha256,
  settings: z.record(z.string(), z.unknown()),
  trials: z
    .array(z.record(z.string(), z.unknown()))
    .nullable()
    .default(null)
    .meta({ description: 'Of a search: the settings of each training' }),
  seed: count,
  testShare: z.number(),
  validationShare: z.number(),
  split: z.enum(splitModes).nullable(),
  testGroups: z.array(z.string()).nullable(),
  testFold: z.int().nullable(),
  validationFold: z.int().nullable().default(null),
  compareSplits: z.boolean(),
  permutedBaseline: z.boolean(),
  augmentation: augmentation.nullable(),
  timeBudgetSeconds: z.int().positive().nullable(),
  promote: z.string().nullable(),
  from: z.object({ version: z.int().positive(), modelVersionId: z.uuid(), artifactSha256: sha256 }).nullable(),
});

export type TrainInput = z.output<typeof trainInput>;

/** The trainings of a run: the one whose model is kept (of a search: the trials), and those that say what its figures are worth. */
const fitPurposes = ['model', 'trial', 'other split', 'permuted labels'] as const;
export type FitPurpose = (typeof fitPurposes)[number];

/** Of each clip of the version, in its order: `t` training, `v` validation, `e` test, `-` left out. */
const parts = z.string().regex(/^[tve-]*$/);

export const trainPlan = z.object({
  code: z.string().nullable().default(null).meta({ description: 'What planned it; null: a version before this' }),
  labels: z.array(z.string()).min(2),
  split: z.enum(splitModes),
  parts,
  otherSplit: z.enum(splitModes).nullable(),
  otherParts: parts.nullable(),
  groups: count.meta({ description: 'Recordings or speakers; 0 where none are known' }),
  groupsAcross: count.meta({ description: 'Groups that lie on both sides of the split' }),
  counts: z.object({
    training: count,
    validation: count,
    test: count,
    lost: count,
    copies: count.default(0).meta({ description: 'Clips left out because a held-out one has the same bytes' }),
  }),
  heard: count.nullable().default(0).meta({
    description: 'Held-out clips of the same bytes in the data of the model that it starts from; null where that is not known',
  }),
  fits: z.int().min(1).max(100),
  purposes: z.array(z.enum(fitPurposes)).min(1),
});

export type TrainPlan = z.output<typeof trainPlan>;

export const epochFigures = z.object({
  epoch: count,
  trainingLoss: z.number(),
  trainingAccuracy: z.number(),
  validationLoss: z.number(),
  validationAccuracy: z.number(),
  learningRate: z.number(),
});

const blobRef = z.object({ sha256, sizeBytes: z.int().positive() });

const fitEnds = ['epochs', 'early stopping', 'stopped', 'time budget'] as const;

/** Who computed a training, or a part of it: where two differ in anything, their sums need not be the same to the last bit. */
export const fitPart = z.object({
  code: z.string().meta({ description: 'Version of Earshot, and a hash of what computes' }),
  node: z.string(),
  backend: z.string(),
  processor: z.string(),
});

export type FitPart = z.output<typeof fitPart>;

/** A state that could not be gone on from. */
const givenUp = z.object({ steps: count, why: z.string() });

const history = {
  by: z.array(fitPart).nullable().default(null).meta({ description: 'Who computed it; null: a version before this wrote it' }),
  begunAnew: z.array(givenUp).default([]).meta({ description: 'What was lost, as the version that went on could not read its state' }),
};

/** What a training came to. */
export const fitted = z.object({
  purpose: z.enum(fitPurposes),
  settings: z.record(z.string(), z.unknown()).default({}),
  artifact: blobRef,
  epochs: z.array(epochFigures).meta({ description: 'From the first on, also those after the best' }),
  end: z.enum(fitEnds),
  seconds: z.number().nonnegative().meta({ description: 'Of training, over all attempts' }),
  rows: z.object({ training: count, validation: count }),
  backend: z.string(),
  processor: z.string(),
  code: z.string().meta({ description: 'Version of Earshot, and a hash of what computes' }),
  ...history,
});

export type Fitted = z.output<typeof fitted>;

/** From where a training goes on. */
export const fitPoint = z.object({
  state: blobRef.nullable().meta({ description: 'Null once it is over' }),
  artifact: blobRef.nullable().meta({ description: 'Once it is over' }),
  end: z.enum(fitEnds).nullable(),
  epochs: z.array(epochFigures),
  seconds: z.number().nonnegative(),
  backend: z
    .enum(['wasm', 'native'])
    .nullable()
    .default(null)
    .meta({ description: 'By which it has come here; null: a version before this wrote it' }),
  stepsBefore: count.default(0).meta({ description: 'Of what was given up: the step of a checkpoint only ever grows' }),
  ...history,
});

export type FitPoint = z.output<typeof fitPoint>;

/** What the model is worth, and what that is worth. */
export const evaluated = z.object({
  test: evaluation.nullable().meta({ description: 'On the held-out clips; null where none were held out' }),
  validation: evaluation.meta({ description: 'On the clips by which the epoch was chosen: better than the truth' }),
  otherSplit: z
    .object({ split: z.enum(splitModes), test: evaluation })
    .nullable()
    .meta({ description: 'The same training on the other kind of split: a great difference says that groups decide' }),
  trials: z
    .array(
      z.object({
        settings: z.record(z.string(), z.unknown()),
        epochs: count,
        validationLoss: z.number().nullable().meta({ description: 'Of its best epoch' }),
        isChosen: z.boolean(),
      }),
    )
    .nullable()
    .default(null)
    .meta({ description: 'Of a search: what each training came to. The chosen one is measured on clips that no trial has seen' }),
  permuted: evaluation.nullable().meta({ description: 'The same training on labels dealt at random: it should be at the baseline' }),
});

export type Evaluated = z.output<typeof evaluated>;

/** Under which the vectors of a clip's changed copies are kept: beside the profile's hash it tells all that they depend on. */
export function copyRecipes({
  profileHash,
  augmentation: changes,
  seed,
}: Pick<TrainInput, 'profileHash' | 'augmentation' | 'seed'>): string[] {
  if (changes === null) return [];
  const { copies, semitones, stretch, noise } = changes;
  const changed = `${profileHash} semitones=${semitones} stretch=${stretch} noise=${noise} seed=${seed}`;
  return Array.from({ length: copies }, (_, copy) => `${changed} copy=${copy}`);
}
