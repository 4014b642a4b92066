import { z } from 'zod';
import { eachChunk, once } from '../job.js';
import { defineKind } from '../kind.js';
import { datasetName } from '../resources/dataset.js';
import { defineTask } from '../task.js';
import { versionNumber } from '../version-number.js';
import { clipErrors } from './clip-errors.js';

/** Under which the measures and the print of a clip are kept; a change to either needs a new version. */
export const checkRecipe = 'check@1';

/** Of many places of one fault so many are named. */
export const placesShown = 100;

/** What one clip is found to have by itself. */
export const clipFaults = ['silent', 'clipped', 'dc-offset'] as const;

const share = (description: string) => z.number().min(0).max(1).meta({ description });

export const clipMeasures = z.object({
  durationSeconds: z.number().nonnegative(),
  peak: z.number().nonnegative().meta({ description: 'Largest absolute sample of any channel; 1 is full scale' }),
  rms: z.number().nonnegative(),
  dcOffset: z.number().nonnegative().meta({ description: 'Largest absolute mean of a channel; 1 is full scale' }),
  clippedShare: share('Of the samples those that lie in runs of three and more at full scale'),
});
export type ClipMeasures = z.output<typeof clipMeasures>;

/** The dataset as the job's rows name it. */
const frozen = z.strictObject({ dataset: z.string(), datasetVersion: z.int().positive(), datasetVersionId: z.uuid() });

export const measureClips = defineTask({
  name: 'clips.measure',
  queue: 'extract',
  summary: 'Measures one chunk of the clips of a dataset, and takes the prints by which copies are recognised',
  input: frozen,
  itemResult: clipMeasures.extend({ faults: z.array(z.enum(clipFaults)) }),
  itemErrors: clipErrors,
  errors: [],
});

const faultKinds = [
  'unreadable',
  ...clipFaults,
  'duplicate',
  'near-duplicate',
  'copy-across-folds',
  'label-conflict',
  'label-missing',
  'label-tiny',
  'label-decided-by-group',
  'group-across-folds',
] as const;
export type FaultKind = (typeof faultKinds)[number];

const clipPlace = z.object({
  index: z.int().nonnegative().meta({ description: 'In the version, and of the item of the job' }),
  clipId: z.uuid(),
  filename: z.string(),
  label: z.string(),
  group: z.string().nullable(),
  fold: z.int().nullable(),
});
export type ClipPlace = z.output<typeof clipPlace>;

const datasetFault = z.object({
  kind: z.enum(faultKinds),
  count: z.int().positive().meta({ description: 'How many places there are; `places` has the first of them' }),
  places: z
    .array(z.object({ what: z.string().meta({ description: 'For people' }), clips: z.array(clipPlace) }))
    .max(placesShown)
    .meta({
      description: `The first ${placesShown}. What a clip has by itself is also in the results of the job's items, for all of them`,
    }),
});
export type DatasetFault = z.output<typeof datasetFault>;

export const findFaults = defineTask({
  name: 'dataset.find-faults',
  queue: 'extract',
  slot: 'long',
  progressSeconds: 600,
  summary: 'Looks at a dataset as a whole: copies, labels, groups, folds',
  input: frozen,
  output: z.object({
    dataset: z.string(),
    version: z.int().positive(),
    clips: z.int().nonnegative(),
    isClean: z.boolean().meta({ description: 'Nothing was found' }),
    faults: z.array(datasetFault),
  }),
  errors: ['DATASET_VERSION_NOT_FOUND'],
});

/** Looks for what would spoil a training on a dataset. */
export const checkDatasetJob = defineKind({
  kind: 'check-dataset',
  route: 'dataset-checks',
  noun: 'DatasetCheck',
  summary: 'Checks a dataset before anything is trained on it',
  description:
    'Finds clips that cannot be read, are silent, clipped or off the zero line; copies of a clip, changed ones too; labels that contradict each other, have too few clips, or can be told by the group; groups and copies on both sides of given folds.',
  over: 'dataset',
  input: z.strictObject({
    dataset: datasetName,
    datasetVersion: versionNumber.optional().meta({ description: 'Number of a version; the labelled clips as they are now by default' }),
  }),
  stages: [eachChunk(measureClips, { items: 16 }), once(findFaults)],
  result: findFaults.output,
  problems: ['DATASET_NOT_FOUND', 'DATASET_VERSION_NOT_FOUND', 'DATASET_TOO_SMALL'],
  example: {
    input: { dataset: 'voices' },
    result: {
      dataset: 'voices',
      version: 2,
      clips: 40,
      isClean: false,
      faults: [
        {
          kind: 'silent',
          count: 1,
          places: [
            {
              what: 'nothing is above −60 dB of full scale',
              clips: [
                {
                  index: 7,
                  clipId: '019aa5c4-2f61-7a3e-9d0b-6b1f0c2d4e8a',
                  filename: 'good_take 1.wav',
                  label: 'good',
                  group: 'singer 7',
                  fold: null,
                },
              ],
            },
          ],
        },
      ],
    },
  },
});
