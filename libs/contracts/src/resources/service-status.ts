import { z } from 'zod';
import { queueNames } from '../task.js';
import { jobState } from './job.js';

const count = z.int().nonnegative();
const days = z.int().positive().nullable();

/** What an operator wants to know of an installation: whether its parts answer, what waits, who works, and within which limits. */
export const serviceStatus = z.object({
  version: z.string(),
  startedAt: z.iso.datetime().meta({ description: 'When the gateway that answers was started' }),
  status: z.enum(['ready', 'degraded', 'not ready', 'draining']).meta({ description: '`degraded`: something that is not needed is away' }),
  checks: z
    .array(
      z.object({
        name: z.string(),
        status: z.enum(['ok', 'failed', 'timed out']),
        durationMs: count,
        code: z.string().optional().meta({ description: 'Of the error, where it failed by one of the table' }),
      }),
    )
    .meta({ description: 'The parts that the gateway relies on, each asked just now' }),
  workers: z
    .object({ live: count, ending: count })
    .meta({ description: 'Processes that take tasks and were seen within the last ten seconds; `ending`: those told to end' }),
  queues: z.array(
    z.object({
      queue: z.enum(queueNames),
      queued: count.meta({ description: 'Tasks that wait, up to 100,000' }),
      running: count.meta({ description: 'Tasks that are being worked on, up to 100,000' }),
      oldestSeconds: z
        .number()
        .nonnegative()
        .nullable()
        .meta({ description: 'For how long the oldest task waits that could be claimed; null when none does' }),
      paused: z.boolean().meta({ description: 'Nothing begins; an operator has said so' }),
      limitTasks: z.int().positive().nullable().meta({ description: 'Tasks at once on all machines together; null: no limit' }),
    }),
  ),
  jobs: z
    .array(z.object({ kind: z.string(), state: jobState, jobs: count }))
    .meta({ description: 'Jobs that have not ended, by kind and state, up to 100,000' }),
  access: z.enum(['open', 'keys']).meta({ description: '`open`: whoever is on this machine; `keys`: whoever has the key' }),
  limits: z
    .object({ maxFileBytes: count, maxUploadBytes: count, maxFiles: count })
    .meta({ description: 'Of one file, of one request, and of the files in it' }),
  retention: z
    .object({ days, daysByKind: z.record(z.string(), days) })
    .meta({ description: 'For how many days ended jobs are kept, and which kinds are kept for another time; null: for good' }),
});

export type ServiceStatus = z.output<typeof serviceStatus>;
