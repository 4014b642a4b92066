import { z } from 'zod';
import { defineEffect, type EffectInput } from '../effect.js';
import { type Job, type JobInput, plannedStage, planOf } from '../job.js';

/** Starts a job that is linked to the one whose task asks for it. */
export const startJob = defineEffect({
  name: 'job.start',
  summary: 'Starts a linked job',
  input: z.strictObject({
    kind: z.string(),
    input: z.record(z.string(), z.unknown()),
    metadata: z.record(z.string(), z.string()),
    priority: z.int().min(0).max(9),
    stages: z.array(plannedStage).min(1),
    items: z.array(z.strictObject({ clipId: z.uuid().nullable(), customId: z.string().nullable() })),
  }),
});

interface Start<J extends Job> extends Partial<Pick<EffectInput<typeof startJob>, 'items' | 'metadata' | 'priority'>> {
  options: JobInput<J>;
}

/** What `startJob` is told to start a job of that kind: without items, of normal priority, unless it is said otherwise. */
export function startOf<J extends Job>(
  job: J,
  { options, items = [], metadata = {}, priority = 5 }: Start<J>,
): EffectInput<typeof startJob> {
  const input = z.record(z.string(), z.unknown()).parse(job.input.parse(options));
  return { kind: job.kind, input, metadata, priority, stages: planOf(job, items.length), items };
}
