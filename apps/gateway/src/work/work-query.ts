import { type Kind, optionsOf } from '@earshot/contracts';
import { z } from 'zod';

/** When work is to be done: said of any kind by query, beside its own options. */
const scheduling = {
  priority: z.enum(['high', 'normal', 'low']).optional().meta({
    description:
      'Work of a higher priority goes first; by default what is waited for is high, up to 100 items normal, more low. `high` is for the callers whom the operator names; among work of one priority a caller with little that waits goes before one with much',
  }),
  expiresInSeconds: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(604_800, 'must be at most 604800')
    .optional()
    .meta({ description: 'The job ends as `expired` when it has not finished by then; never by default' }),
};

export type Scheduling = z.output<z.ZodObject<typeof scheduling>>;

/** The scheduling, and beside it the options of the kind. */
export type WorkQuery = Scheduling & Record<string, unknown>;

/** The query of a route that takes work: the kind's options, and the scheduling. */
export function workQueryOf(kind: Kind) {
  return z.strictObject({ ...optionsOf(kind), ...scheduling });
}

/** As the rows have it: lower goes first. The two numbers after each are its other levels (`Admission.levelOf`). */
export const priorities = { high: 0, normal: 5, low: 9 } as const;
