import { z } from 'zod';
import { problem } from './problem.js';

export const jobStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'expired'] as const;
export const jobState = z.enum(jobStates);
export type JobState = z.output<typeof jobState>;

export const itemStates = ['pending', 'succeeded', 'failed', 'cancelled'] as const;
export const itemState = z.enum(itemStates);
export type ItemState = z.output<typeof itemState>;

const moment = z.iso.datetime().nullable();
const count = z.int().nonnegative();

/** How far a long task has come, as it last said. */
export const taskProgress = z.object({
  task: z.string(),
  ordinal: count.meta({ description: 'Which of the tasks of that name it is, from 0' }),
  step: count,
  of: count,
  figures: z.record(z.string(), z.number()).meta({ description: 'What it measures on the way, such as a loss' }),
});

export const jobResource = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    state: jobState,
    stage: z.string().nullable().meta({ description: 'The stage that is open; null once the job has ended' }),
    progress: z.object({
      done: count,
      total: count,
      unit: z.enum(['items', 'tasks']).meta({ description: 'Items where the job has any and one stage, else tasks of all stages' }),
    }),
    taskProgress: taskProgress
      .nullable()
      .meta({ description: 'The last sign of progress of one of its tasks; null while there is none, and once the stage has ended' }),
    counts: z
      .object({ total: count, succeeded: count, failed: count, cancelled: count, pending: count })
      .meta({ description: 'Items by state' }),
    queuePosition: count
      .nullable()
      .meta({ description: 'Tasks ahead of the first of this job while it is queued, as of the last second; at most 1,000 are counted' }),
    createdAt: z.iso.datetime(),
    startedAt: moment,
    finishedAt: moment,
    expiresAt: moment.meta({ description: 'The deadline, if one was asked for' }),
    error: problem.nullable(),
    retryOf: z.uuid().nullable().meta({ description: 'The job whose failed items this one tries again' }),
    links: z.object({ self: z.string(), items: z.string(), result: z.string(), events: z.string(), cancel: z.string(), retry: z.string() }),
    metadata: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Job' });

export type JobResource = z.output<typeof jobResource>;

/** One item of a job; `result` has the shape of the job's kind. */
export function itemResource<Result extends z.ZodType>(result: Result) {
  return z.object({
    index: count,
    customId: z.string().nullable(),
    clipId: z.uuid().nullable(),
    filename: z.string().nullable(),
    state: itemState,
    result: result.nullable(),
    error: problem.nullable(),
  });
}

/** What every result of a job says. */
export const resultHead = z.object({ jobId: z.uuid(), kind: z.string(), state: jobState, counts: jobResource.shape.counts });

/** The result of a job over items: its counts and the first of its items. */
export function itemsResult<Result extends z.ZodType>(result: Result, item = itemResource(result)) {
  return resultHead.extend({
    items: z.array(item),
    nextCursor: z.string().nullable().meta({ description: 'For `GET …/items` when there are more' }),
  });
}

export type ItemResource = z.output<ReturnType<typeof itemResource<z.ZodType>>>;

/** The result of a job of any kind. */
export interface ResultResource extends z.output<typeof resultHead> {
  /** Of a kind that comes to something beside its items. */
  result?: object;
  items?: ItemResource[];
  nextCursor?: string | null;
}
