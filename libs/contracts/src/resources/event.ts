import { z } from 'zod';
import { jobState, taskProgress } from './job.js';

const count = z.int().nonnegative();
const head = { jobId: z.uuid(), kind: z.string() };
const counted = {
  ...head,
  at: z.iso.datetime(),
  state: jobState,
  stage: z.string().nullable().meta({ description: 'The stage that has begun, where one has' }),
  succeeded: count,
  failed: count,
  total: count,
};

/** What a job tells those who listen: event rows, numbered without gaps under the job's lock. Here is the data of each; `type` is its name too. */
export const jobEvents = {
  'job.started': z.object({ type: z.literal('job.started'), ...head, at: z.iso.datetime() }),
  'job.progress': z.object({ type: z.literal('job.progress'), ...counted }),
  'job.stage': z.object({ type: z.literal('job.stage'), ...counted }),
  'task.progress': z.object({ type: z.literal('task.progress'), ...head, at: z.iso.datetime(), ...taskProgress.shape }),
  'job.finished': z.object({ type: z.literal('job.finished'), ...counted }),
  /** For a listener whose `Last-Event-ID` is of another time: what it knows cannot be relied on, all events follow. */
  resync: z.object({ type: z.literal('resync'), ...head }),
};

export const jobEvent = z.discriminatedUnion(
  'type',
  Object.values(jobEvents) as [(typeof jobEvents)['job.started'], ...(typeof jobEvents)[keyof typeof jobEvents][]],
);

export type JobEvent = z.output<typeof jobEvent>;
