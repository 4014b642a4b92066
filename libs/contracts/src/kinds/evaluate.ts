import { z } from 'zod';
import { eachChunk, once } from '../job.js';
import { defineKind } from '../kind.js';
import { aliasName, classifierName } from '../resources/classifier.js';
import { datasetName } from '../resources/dataset.js';
import { evaluation } from '../resources/evaluation.js';
import { defineTask } from '../task.js';
import { versionNumber } from '../version-number.js';
import { clipErrors } from './clip-errors.js';
import { exampleEvaluation } from './example-evaluation.js';
import { profileChoice } from './features.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

/** Which version is measured on which clips, with every name replaced by what it meant when that was asked for. */
const evaluateInput = z.object({
  dataset: z.string(),
  datasetVersion: z.int().positive(),
  datasetVersionId: z.uuid(),
  datasetHash: sha256,
  classifier: z.string(),
  version: z.int().positive(),
  alias: z.string().nullable(),
  modelVersionId: z.uuid(),
  artifactSha256: sha256,
  trainedOn: z.uuid().nullable().meta({ description: 'Version of a dataset; null of a model that was imported' }),
  profile: profileChoice,
  profileHash: sha256,
});

export type EvaluateInput = z.output<typeof evaluateInput>;

export const extractEvaluationRows = defineTask({
  name: 'evaluation.features',
  queue: 'extract',
  summary: 'Computes the vectors of one chunk of clips',
  input: evaluateInput,
  itemResult: z.object({ copies: count }),
  itemErrors: [...clipErrors, 'FEATURE_NOT_COMPUTABLE'],
  errors: ['PROFILE_NOT_FOUND', 'REQUEST_INVALID'],
});

export const evaluationResult = z.object({
  classifier: z.string(),
  version: z.int().positive(),
  modelVersionId: z.uuid(),
  dataset: z.string(),
  datasetVersion: z.int().positive(),
  evaluation,
  unreadable: count.meta({ description: 'Clips of the version that have no vector, and were left out' }),
  known: count.nullable().meta({
    description:
      'Clips of the same bytes in the data that the model was made from: on these it is better than the truth; null where that data is not known',
  }),
});

export const evaluateVersion = defineTask({
  name: 'evaluation.measure',
  queue: 'train',
  slot: 'long',
  summary: 'Measures a model version on the clips of a version of a dataset',
  input: evaluateInput,
  output: evaluationResult,
  errors: ['MODEL_INVALID', 'MEMORY_EXCEEDED', 'SANDBOX_CRASHED', 'BLOB_LOST', 'TRAINING_DATA_UNFIT'],
  progressSeconds: 600,
});

/** Measures a model version on a dataset. */
export const evaluateJob = defineKind({
  kind: 'evaluate',
  route: 'evaluations',
  noun: 'Evaluation',
  summary: 'Measures a model version on a dataset',
  description:
    'Every labelled clip of the dataset is scored; labels that the model does not know count as mistakes. Clips that it was made from are counted.',
  over: 'dataset',
  input: z.strictObject({
    classifier: classifierName,
    alias: aliasName.optional().meta({ description: 'Whose version; `production` by default' }),
    version: versionNumber.optional().meta({ description: 'The number of the version, instead of an alias' }),
    dataset: datasetName.meta({ description: 'Its name' }),
    datasetVersion: versionNumber.optional().meta({ description: 'Its number; by default the dataset as it is now is frozen' }),
  }),
  stages: [eachChunk(extractEvaluationRows, { items: 16, name: 'features' }), once(evaluateVersion, { name: 'measure' })],
  result: evaluationResult,
  problems: [
    'DATASET_NOT_FOUND',
    'DATASET_VERSION_NOT_FOUND',
    'DATASET_TOO_SMALL',
    'CLASSIFIER_NOT_FOUND',
    'MODEL_VERSION_NOT_FOUND',
    'ALIAS_NOT_FOUND',
  ],
  example: {
    input: { classifier: 'talent', dataset: 'voices' },
    item: { copies: 0 },
    result: {
      classifier: 'talent',
      version: 3,
      modelVersionId: '019aa5c4-3a07-7c55-8e21-94d3b7a6f150',
      dataset: 'voices',
      datasetVersion: 2,
      evaluation: exampleEvaluation,
      unreadable: 0,
      known: 12,
    },
  },
});
