// Jobs that exist for drills only: their work is to take a while, to hold on, or to kill whoever does it.
import { defineJob, defineTask, eachChunk, type Job } from '@earshot/contracts';
import { z } from 'zod';

export const drillQueue = 'train';

/** Each item takes a while between the two; which, is decided by the seed. */
export const drillInput = z.strictObject({ seed: z.int(), leastMs: z.int(), mostMs: z.int() });
export type DrillInput = z.output<typeof drillInput>;

/** The nonce is drawn for each execution: it tells which one a stored result is from. */
const drillResult = z.strictObject({ nonce: z.string(), attempt: z.int() });

const drillTask = (name: string, { version = 1, input = drillInput }: { version?: number; input?: z.ZodType<DrillInput> } = {}) =>
  defineTask({
    name,
    version,
    queue: drillQueue,
    summary: 'Takes a while, and tells of it in the drill log',
    input,
    itemResult: drillResult,
    itemErrors: [],
    errors: [],
  });

const first = drillTask('drill.first');
const second = drillTask('drill.second');
const third = drillTask('drill.third');

/** An option that workers of the version before do not know: they would refuse it. */
const changedInput = drillInput.extend({ flavour: z.string() });
const changed = drillTask('drill.changed', { version: 2, input: changedInput });
const added = drillTask('drill.added', { input: changedInput });

export const drillTasks = [first, second, third, changed, added];
/** What a worker knows that has not been updated yet: one task in its former version, and one not at all. */
export const olderDrillTasks = [first, second, third, drillTask('drill.changed')];

export const updatedDrill = defineJob({
  kind: 'drill-updated',
  summary: 'A task that has a new option, then one that is new',
  input: changedInput,
  stages: [eachChunk(changed, { items: 2 }), eachChunk(added, { items: 3 })],
});

export const stagedDrill = defineJob({
  kind: 'drill-staged',
  summary: 'Three stages, each of one task an item',
  input: drillInput,
  stages: [eachChunk(first, { items: 1 }), eachChunk(second, { items: 1 }), eachChunk(third, { items: 1 })],
});

/** Three stages of chunks, each of another size. */
export const chunkedDrill = defineJob({
  kind: 'drill-chunked',
  summary: 'Three stages of chunks',
  input: drillInput,
  stages: [eachChunk(first, { items: 6 }), eachChunk(second, { items: 3 }), eachChunk(third, { items: 8 })],
});

/** One stage of tasks over so many items each. */
export function singleDrill(itemsPerTask: number): Job {
  return defineJob({
    kind: 'drill-single',
    summary: 'One stage',
    input: drillInput,
    stages: [eachChunk(first, { items: itemsPerTask })],
  });
}

/** The names of items that do something else than to take a while. */
export const poison = 'poison';
/** Held by its first execution until that ends with its process; the next one is done at once. */
export const hold = 'hold';
