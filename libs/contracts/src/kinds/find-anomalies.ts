import { z } from 'zod';
import { eachChunk, once } from '../job.js';
import { defineKind } from '../kind.js';
import { defineTask } from '../task.js';
import { extractLibraryVectors, lookCounts, lookInput, seed } from './library-vectors.js';

/** Samples that are compared at most, those that are told of, and genres that are counted. */
export const mostCompared = 100_000;
export const anomaliesShown = 1_000;
export const genresShown = 500;

/** What is wrong with a sound whatever the others are like. */
export const soundFaults = ['silent', 'clipped', 'noise', 'short'] as const;
export type SoundFault = (typeof soundFaults)[number];

const anomalyMethods = ['neighbours', 'isolation-forest'] as const;

const count = z.int().nonnegative();

const anomalyOptions = z.strictObject({
  method: z.enum(anomalyMethods).default('neighbours').meta({
    description:
      '`neighbours`: what is broken by a rule, then what lies far from its ten nearest, or nearer to other genres than to its own; `isolation-forest`: as the old system did',
  }),
  contamination: z
    .number()
    .positive()
    .max(0.5)
    .default(0.1)
    .meta({ description: 'Share of the samples that is held for anomalous: the first by rank' }),
  seed,
});

const anomaly = z.object({
  clipId: z.uuid(),
  filename: z.string(),
  genre: z.string().nullable(),
  rank: z.int().positive(),
  rankInGenre: z.int().positive().nullable().meta({ description: 'Null: its genre is not known' }),
  score: z.number().meta({
    description:
      'Of `neighbours` how far it lies from its neighbours, or how much nearer to other genres than to its own, in interquartile ranges of the library above its median; of `isolation-forest` near 1 for what is soon set apart, 0.5 as expected',
  }),
  among: z.enum(['all', 'genre']).meta({ description: 'What it is unlike: everything, or its own genre' }),
  isAnomalous: z.boolean().meta({ description: 'Of the share that is held for anomalous' }),
  faults: z.array(z.enum(soundFaults)).meta({
    description:
      'By rule. `silent`: peak below −60 dB; `clipped`: more than 3 % of the samples near a peak above −1 dB; `noise`: as flat as white noise throughout; `short`: less than 30 ms',
  }),
  features: z
    .array(
      z.object({
        feature: z.string().meta({ description: 'Of the profile' }),
        value: z.number(),
        usual: z.number().meta({ description: 'The median of those that it was compared with' }),
        deviation: z.number().meta({ description: 'How far it is from that, in interquartile ranges of the library; up to 20 each way' }),
      }),
    )
    .meta({ description: 'What makes it unusual: what a rule found first, then by how far they deviate' }),
});
export type LibraryAnomaly = z.output<typeof anomaly>;

export const libraryAnomalies = lookCounts.extend({
  ...anomalyOptions.shape,
  profile: z.string().meta({ description: 'Whose features were compared' }),
  byGenre: z
    .array(z.object({ genre: z.string().nullable(), samples: count, anomalies: count }))
    .max(genresShown)
    .meta({ description: 'Those of most samples first' }),
  anomalies: z
    .array(anomaly)
    .max(anomaliesShown)
    .meta({ description: `The first ${anomaliesShown.toLocaleString('en')} by rank` }),
});
export type LibraryAnomalies = z.output<typeof libraryAnomalies>;

export const rankAnomalies = defineTask({
  name: 'library.anomalies',
  queue: 'index',
  slot: 'long',
  progressSeconds: 600,
  summary: 'Ranks the samples of the library by how little they belong there',
  input: anomalyOptions.extend(lookInput.shape),
  output: libraryAnomalies,
  errors: ['TRAINING_DATA_UNFIT'],
});

/** Finds what does not belong. */
export const findAnomaliesJob = defineKind({
  kind: 'find-anomalies',
  route: 'library/anomalies',
  noun: 'LibraryAnomalies',
  summary: 'Finds the samples that are broken, or unlike the library or their own genre',
  description: `Each with its rank, over all and in its genre, and the features that make it unusual. Of more than ${mostCompared.toLocaleString('en')} samples as many are compared, spread over the library. The newest result is answered by \`GET\`.`,
  over: 'dataset',
  input: anomalyOptions,
  stages: [eachChunk(extractLibraryVectors, { items: 16, name: 'features' }), once(rankAnomalies, { name: 'rank' })],
  result: libraryAnomalies,
  problems: ['DATASET_TOO_SMALL'],
  example: {
    input: {},
    item: { copies: 0 },
    result: {
      samples: 120,
      withoutVector: 0,
      considered: 120,
      method: 'neighbours',
      contamination: 0.1,
      seed: 42,
      profile: 'sound-97@1',
      byGenre: [{ genre: 'techno', samples: 20, anomalies: 1 }],
      anomalies: [
        {
          clipId: '0199c2f0-5d0e-7c3a-9b1e-2f4a6c8e0d12',
          filename: 'loop-07.flac',
          genre: 'techno',
          rank: 1,
          rankInGenre: 1,
          score: 2.4,
          among: 'all',
          isAnomalous: true,
          faults: ['clipped'],
          features: [{ feature: 'clipping', value: 0.61, usual: 0.02, deviation: 20 }],
        },
      ],
    },
  },
});
