import { z } from 'zod';
import { moveAlias } from '../effects/move-alias.effect.js';
import { registerModel } from '../effects/register-model.effect.js';
import { eachChunk, once, perOutput } from '../job.js';
import { defineKind } from '../kind.js';
import { aliasName, classifierName } from '../resources/classifier.js';
import { datasetName } from '../resources/dataset.js';
import { defineTask } from '../task.js';
import { versionNumber } from '../version-number.js';
import { clipErrors } from './clip-errors.js';
import { exampleEvaluation } from './example-evaluation.js';
import { profileChoice } from './features.js';
import { augmentation, evaluated, fitPoint, fitted, search, splitModes, trainInput, trainPlan } from './train-parts.js';

/** What a task of a run is told. With an option that its worker does not know it is for a newer one, and is never done without it. */
const input = z.strictObject(trainInput.shape);

export const planTraining = defineTask({
  name: 'training.plan',
  queue: 'train',
  summary: 'Reads the version of the dataset and decides which clips train, which choose the epoch, and which are held out',
  input,
  output: z.strictObject(trainPlan.shape),
  errors: ['DATASET_TOO_SMALL', 'DATASET_VERSION_NOT_FOUND', 'TRAINING_DATA_UNFIT'],
});

export const extractTrainingRows = defineTask({
  name: 'training.features',
  queue: 'extract',
  summary: 'Computes the vectors of one chunk of clips, and of changed copies of those that train',
  input,
  itemResult: z.object({ copies: z.int().nonnegative().meta({ description: 'Changed copies that it is trained on beside itself' }) }),
  itemErrors: [...clipErrors, 'FEATURE_NOT_COMPUTABLE'],
  errors: ['PROFILE_NOT_FOUND', 'REQUEST_INVALID'],
});

export const fitModel = defineTask({
  name: 'training.fit',
  queue: 'train',
  slot: 'long',
  summary: 'Trains, epoch by epoch, and goes on after a crash as if there had been none',
  input,
  output: fitted,
  checkpoint: fitPoint,
  errors: [
    'TRAINING_DATA_UNFIT',
    'TRAINING_DIVERGED',
    'MODEL_INVALID',
    'MEMORY_EXCEEDED',
    'SANDBOX_CRASHED',
    'BLOB_LOST',
    'BACKEND_UNAVAILABLE',
  ],
  progressSeconds: 600,
});

export const evaluateFits = defineTask({
  name: 'training.evaluate',
  queue: 'train',
  slot: 'long',
  summary: 'Measures what was trained on the clips that no training has seen',
  input,
  output: evaluated,
  errors: ['MODEL_INVALID', 'MEMORY_EXCEEDED', 'SANDBOX_CRASHED', 'BLOB_LOST'],
  progressSeconds: 600,
});

/** What a run came to. */
export const trainResult = z.object({
  modelVersionId: z.uuid(),
  classifier: z.string(),
  metrics: evaluated,
  epochs: z.int().nonnegative(),
  end: fitted.shape.end,
  seconds: z.number().nonnegative(),
});

export const registerFit = defineTask({
  name: 'training.register',
  queue: 'train',
  summary: 'Registers the model as the next version of its classifier, with its card',
  input,
  output: trainResult,
  errors: [],
  effects: [registerModel, moveAlias],
});

const exampleResult: z.output<typeof trainResult> = {
  modelVersionId: '019aa5c4-3a07-7c55-8e21-94d3b7a6f150',
  classifier: 'talent',
  metrics: {
    test: exampleEvaluation,
    validation: exampleEvaluation,
    otherSplit: { split: 'random', test: exampleEvaluation },
    trials: null,
    permuted: null,
  },
  epochs: 61,
  end: 'early stopping',
  seconds: 1.9,
};

/** Trains a model on a dataset and registers it. */
export const trainJob = defineKind({
  kind: 'train',
  route: 'runs',
  noun: 'Run',
  summary: 'Trains a classifier on a dataset: a run',
  description:
    'Features, training, an honest evaluation on held-out clips, and a new version of the classifier, which is made where there is none of that name. The same data, settings and seed give the same weights.',
  over: 'dataset',
  input: z.strictObject({
    dataset: datasetName.meta({ description: 'Its name' }),
    datasetVersion: versionNumber.optional().meta({ description: 'Its number; by default the dataset as it is now is frozen' }),
    classifier: classifierName.meta({ description: 'Whose next version it becomes' }),
    recipe: z.string().min(1).max(80).default('talent-mlp').meta({ description: 'How it is trained' }),
    profile: profileChoice.optional().meta({ description: 'What it hears; by default that of the recipe' }),
    settings: z.record(z.string(), z.unknown()).default({}).meta({ description: "The recipe's own, such as `epochs`, `batchSize`" }),
    search: search.optional().meta({ description: 'Try other settings too; `compareSplits` and `permutedBaseline` are left out then' }),
    seed: z.int().min(0).max(4_294_967_295).default(42),
    testShare: z.number().min(0.02).max(0.8).default(0.2).meta({ description: 'Of the clips, held out for the evaluation' }),
    validationShare: z.number().min(0.02).max(0.5).default(0.15).meta({ description: 'Of the others, by which the epoch is chosen' }),
    split: z.enum(splitModes).optional().meta({
      description: '`grouped` keeps groups on one side, the default where groups are known; else `random`; `folds` of the dataset',
    }),
    testGroups: z
      .array(z.string().min(1).max(255))
      .min(1)
      .max(1_000)
      .optional()
      .meta({ description: 'Groups to hold out, instead of a share' }),
    testFold: z.int().min(0).max(32_767).optional().meta({ description: 'With `split=folds`: the fold to hold out' }),
    validationFold: z
      .int()
      .min(0)
      .max(32_767)
      .optional()
      .meta({ description: 'With `split=folds`: the fold by which the epoch is chosen, instead of a share of the others' }),
    compareSplits: z
      .boolean()
      .default(true)
      .meta({ description: 'Where groups are known: train a second time on the other kind of split' }),
    permutedBaseline: z.boolean().default(false).meta({ description: 'Train once more on labels dealt at random' }),
    augmentation: augmentation.optional().meta({ description: 'Changed copies of the clips that train; none by default' }),
    timeBudgetSeconds: z.int().min(1).max(2_592_000).optional().meta({ description: 'Training ends after it with the best epoch so far' }),
    promote: aliasName.optional().meta({ description: 'The alias that then points at the new version; none by default' }),
    from: versionNumber.optional().meta({ description: 'Number of a version of the classifier from whose weights to start' }),
  }),
  stages: [
    once(planTraining, { name: 'plan' }),
    eachChunk(extractTrainingRows, { items: 16, name: 'features' }),
    perOutput(fitModel, { of: 'plan', count: 'fits', name: 'fit' }),
    once(evaluateFits, { name: 'evaluate' }),
    once(registerFit, { name: 'register' }),
  ],
  result: trainResult,
  problems: [
    'DATASET_NOT_FOUND',
    'DATASET_VERSION_NOT_FOUND',
    'DATASET_TOO_SMALL',
    'PROFILE_NOT_FOUND',
    'CLASSIFIER_NOT_FOUND',
    'MODEL_VERSION_NOT_FOUND',
  ],
  example: { input: { dataset: 'voices', classifier: 'talent' }, result: exampleResult },
});
