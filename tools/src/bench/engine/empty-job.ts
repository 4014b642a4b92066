import { defineJob, defineTask, eachChunk } from '@earshot/contracts';
import { z } from 'zod';

export const emptyTask = defineTask({
  name: 'bench.empty',
  queue: 'extract',
  summary: 'Does nothing with one item',
  input: z.strictObject({}),
  itemResult: z.strictObject({}),
  itemErrors: [],
  errors: [],
});

export const emptyJob = defineJob({
  kind: 'bench',
  summary: 'Nothing, once for each item',
  input: z.strictObject({}),
  stages: [eachChunk(emptyTask, { items: 1 })],
});
