import { z } from 'zod';
import { moveAlias } from '../effects/move-alias.effect.js';
import { once, perOutput } from '../job.js';
import { defineKind } from '../kind.js';
import { defineTask } from '../task.js';

const count = z.int().nonnegative();

/** A name of libs/learning/src/embedders. */
export const embedderName = z.string().min(1).max(80);

/** What the alias of an embedder's live index is unique in. */
export const indexScope = (embedder: string): string => `index:${embedder}`;

/** The name of that alias. */
export const liveIndex = 'live';

/** Of the ten that exact search finds for each sample that is tried, so many have to be found, or the version is not used. */
export const leastRecall = 0.99;

const rebuildIndexInput = z.strictObject({
  embedder: embedderName.default('sound-97@1').meta({ description: 'What makes vectors of sounds; `sound-97@1` by default' }),
});

export const planIndex = defineTask({
  name: 'index.plan',
  queue: 'index',
  summary: 'Makes a version of the index with an entry for each sample, and looks which have no vector yet',
  input: rebuildIndexInput,
  output: z.object({
    number: z.int().positive(),
    samples: count,
    /** Each chunk of samples of which some have no vector begins after this clip; null: with the first. */
    lacking: z.array(z.uuid().nullable()),
    chunkSamples: z.int().positive(),
    chunks: z.int().positive(),
  }),
  errors: ['EMBEDDER_NOT_FOUND'],
});

export const embedSamples = defineTask({
  name: 'index.embed',
  queue: 'extract',
  summary: 'Computes what the vectors of one chunk of samples are made of',
  input: rebuildIndexInput,
  output: z.object({ unreadable: count }),
  errors: ['EMBEDDER_NOT_FOUND'],
});

export const buildIndex = defineTask({
  name: 'index.build',
  queue: 'index',
  slot: 'long',
  progressSeconds: 600,
  summary: 'Fits the scaler and writes the vectors of all samples into a collection of their own',
  input: rebuildIndexInput,
  output: z.object({ samples: count, withoutVector: count }),
  checkpoint: z.object({ applied: count }),
  errors: ['EMBEDDER_NOT_FOUND', 'DATASET_TOO_SMALL'],
});

export const verifyIndex = defineTask({
  name: 'index.verify',
  queue: 'index',
  slot: 'long',
  progressSeconds: 600,
  summary: 'Compares what the collection finds with exact search, and has the version take over',
  input: rebuildIndexInput,
  output: z.object({
    indexVersionId: z.uuid(),
    embedder: embedderName,
    indexVersion: z.int().positive().meta({ description: 'Its number among the versions of this embedder' }),
    samples: count,
    withoutVector: count.meta({ description: 'Samples that cannot be read, or of which a descriptor cannot be computed' }),
    tried: count.meta({ description: 'Samples whose ten nearest were compared with those of exact search' }),
    recall: z.number().min(0).max(1).nullable().meta({ description: 'Share of these that was found; null where none could be tried' }),
  }),
  errors: ['EMBEDDER_NOT_FOUND', 'INDEX_INACCURATE'],
  effects: [moveAlias],
});

/** Makes the index of the library anew, beside the one that answers meanwhile. */
export const rebuildIndexJob = defineKind({
  kind: 'rebuild-index',
  route: 'library/index-rebuilds',
  noun: 'IndexRebuild',
  summary: 'Makes an index of the library anew',
  description:
    'A version of its own is filled beside the one that answers, compared with exact search on a part of the samples, and takes over at once when it finds 99 % of what that finds. Samples that are added, changed or deleted meanwhile are followed.',
  over: 'nothing',
  input: rebuildIndexInput,
  stages: [
    once(planIndex, { name: 'plan' }),
    perOutput(embedSamples, { of: 'plan', count: 'chunks', name: 'embed' }),
    once(buildIndex, { name: 'build' }),
    once(verifyIndex, { name: 'verify' }),
  ],
  result: verifyIndex.output,
  problems: ['EMBEDDER_NOT_FOUND', 'INDEX_UNAVAILABLE'],
  example: {
    input: { embedder: 'sound-97@1' },
    result: {
      indexVersionId: '019aa5c4-3a07-7c55-8e21-94d3b7a6f150',
      embedder: 'sound-97@1',
      indexVersion: 2,
      samples: 120,
      withoutVector: 0,
      tried: 120,
      recall: 1,
    },
  },
});
