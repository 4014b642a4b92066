import { z } from 'zod';
import { eachChunk } from '../job.js';
import { defineKind } from '../kind.js';
import { aliasName, classifierName } from '../resources/classifier.js';
import { defineTask } from '../task.js';
import { versionNumber } from '../version-number.js';
import { clipErrors, clipWarnings } from './clip-errors.js';

/** Windows of one recording at most: an hour in steps of a second. */
export const mostWindows = 3_600;

const probability = z.number().min(0).max(1);
const seconds = z.number().nonnegative();

/** How the answer is asked for, whatever the model. */
const manner = {
  topK: z.int().min(1).max(100).default(5).meta({ description: 'How many of the most probable labels are told; 5 by default' }),
  allScores: z
    .boolean()
    .default(false)
    .meta({ description: 'Tell the probability of every label, in the order of the model, instead of the best; false by default' }),
  windowSeconds: z
    .number()
    .min(0.1)
    .max(60)
    .optional()
    .meta({ description: 'Cut each recording into windows of this length, score each, and tell what is heard when' }),
  hopSeconds: z
    .number()
    .min(0.05)
    .max(60)
    .optional()
    .meta({ description: 'From the beginning of one window to that of the next; half a window by default, at least an eighth of one' }),
};

/** The version that a job works with: it was chosen when the job was accepted, and stays also when the job is tried again. */
export const chosenModel = z.strictObject({
  modelVersionId: z.uuid(),
  classifier: z.string(),
  version: z.int().positive(),
  alias: z.string().nullable(),
});

const score = z.object({ label: z.string(), score: probability });

export const prediction = z.object({
  label: z.string().meta({ description: "What is heard; the decision's `unknownLabel` where no label reaches its threshold" }),
  confidence: probability.meta({ description: 'Probability of the label; of an unknown, of the label that came closest' }),
  isUnknown: z.boolean(),
  threshold: probability.meta({ description: 'What the label had to reach, as the decision of the version was when this was computed' }),
  scores: z.array(score).meta({ description: 'Best first, or all of them in the order of the model' }),
  model: z
    .object({
      classifier: z.string(),
      version: z.int().positive(),
      id: z.uuid(),
      alias: z.string().nullable().meta({ description: 'By which the version was found; null where it was named itself' }),
      decisionRevision: z.int().nonnegative().meta({ description: 'Which state of its decision this follows' }),
    })
    .meta({ description: 'The version that was used, for the whole job the same' }),
  durationSeconds: seconds.meta({ description: 'Decoded length, before silence removal' }),
  warnings: clipWarnings,
  windows: z
    .object({
      count: z.int().positive(),
      windowSeconds: seconds,
      hopSeconds: seconds,
      timeline: z
        .array(
          z.object({
            startSeconds: seconds,
            endSeconds: seconds,
            label: z.string().nullable().meta({ description: 'Null where no feature could be computed' }),
            confidence: probability.nullable().meta({ description: 'Mean over its windows' }),
            isUnknown: z.boolean(),
            windows: z.int().positive(),
          }),
        )
        .meta({ description: 'What is heard when, without gaps: windows with the same answer that follow each other are one' }),
    })
    .optional()
    .meta({ description: 'Where windows were asked for; what stands above is of the mean over all of them' }),
});

export type Prediction = z.output<typeof prediction>;

export const predictClips = defineTask({
  name: 'clips.predict',
  queue: 'extract',
  summary: 'Scores one chunk of clips with one model version: a prediction or an error for each clip',
  input: chosenModel.extend(manner),
  itemResult: prediction,
  itemErrors: [...clipErrors, 'FEATURE_NOT_COMPUTABLE', 'TOO_MANY_WINDOWS', 'MODEL_INVALID'],
  errors: ['MODEL_VERSION_NOT_FOUND', 'MODEL_INVALID', 'BLOB_LOST'],
});

/** Says what clips sound like. */
export const predictJob = defineKind({
  kind: 'predict',
  route: 'predictions',
  noun: 'Prediction',
  summary: 'Scores clips with a classifier: a label, how sure it is, and the probabilities of others',
  description:
    'The version is chosen once for the whole job: the one that is named, the one at which the alias points, or the one to which the traffic of the classifier goes. Vectors that are known already are not computed again.',
  over: 'clips',
  input: z.strictObject({
    classifier: classifierName.meta({ description: 'One of those at /api/v1/classifiers' }),
    alias: aliasName
      .optional()
      .meta({ description: "Whose version is taken; by default the classifier's traffic decides, without one `production`" }),
    version: versionNumber.optional().meta({ description: 'The number of a version, instead of an alias' }),
    ...manner,
  }),
  stages: [eachChunk(predictClips, { items: 32 })],
  problems: ['CLASSIFIER_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND', 'ALIAS_NOT_FOUND'],
  example: {
    input: { classifier: 'keywords', topK: 2 },
    item: {
      label: 'seven',
      confidence: 0.98,
      isUnknown: false,
      threshold: 0.5,
      scores: [
        { label: 'seven', score: 0.98 },
        { label: 'unknown', score: 0.01 },
      ],
      model: {
        classifier: 'keywords',
        version: 1,
        id: '0199c2f0-5d0e-7c3a-9b1e-2f4a6c8e0d12',
        alias: 'production',
        decisionRevision: 0,
      },
      durationSeconds: 0.8,
      warnings: [],
    },
  },
});
