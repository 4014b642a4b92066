// A job as long work looks like: features of every item in chunks, a fit over all of them, its evaluation, and what is registered of it.
import { defineJob, defineTask, eachChunk, moveAlias, once, startJob } from '@earshot/contracts';
import { z } from 'zod';
import { drillQueue } from '../drill/drill.jobs.js';

export const longInput = z.strictObject({
  /** How long the fit takes in all, without what is lost. */
  fitMs: z.int().positive(),
  checkpointEveryMs: z.int().positive(),
  /** Items of one step of the fit. */
  itemsPerStep: z.int().positive(),
  /** What the alias is called that comes to point at the job. */
  alias: z.string(),
});
export type LongInput = z.output<typeof longInput>;

/** Depends on each item and on their order: an item twice, left out or out of its place makes another one. */
export const fold = z.strictObject({ items: z.int().nonnegative(), fold: z.int().nonnegative() });
export type Fold = z.output<typeof fold>;

export function folded({ items, fold: before }: Fold, index: number): Fold {
  return { items: items + 1, fold: (before * 31 + index + 1) % 2_147_483_647 };
}

const common = { queue: drillQueue, input: longInput } as const;

export const longFeatures = defineTask({
  ...common,
  name: 'drill.features',
  summary: 'Says one number of each item of a chunk',
  itemResult: z.strictObject({ feature: z.int() }),
  errors: [],
});

export const longFit = defineTask({
  ...common,
  name: 'drill.fit',
  slot: 'long',
  summary: 'Folds all items of its job into one number, step by step, with checkpoints',
  output: fold,
  checkpoint: fold,
  progressSeconds: 30,
  errors: [],
});

export const longEvaluate = defineTask({
  ...common,
  name: 'drill.evaluate',
  slot: 'long',
  summary: 'Holds what the fit put out against the items',
  output: z.strictObject({ ...fold.shape, isRight: z.boolean() }),
  errors: [],
});

export const longRegister = defineTask({
  ...common,
  name: 'drill.register',
  slot: 'long',
  summary: 'Points the alias at the job, and starts a linked one',
  output: z.strictObject({ ...longEvaluate.output.shape, alias: z.string() }),
  effects: [moveAlias, startJob],
  errors: [],
});

export const longJob = defineJob({
  kind: 'drill-long',
  summary: 'Features, fit, evaluation, registration',
  input: longInput,
  stages: [eachChunk(longFeatures, { items: 500 }), once(longFit), once(longEvaluate), once(longRegister)],
  result: longRegister.output,
});

export const aliasScope = 'drill';
