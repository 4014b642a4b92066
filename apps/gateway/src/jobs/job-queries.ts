import { itemState, jobState, type Kind } from '@earshot/contracts';
import { z } from 'zod';
import { paging } from '../requests/paging.js';

export const jobsQuery = z.strictObject({
  state: jobState.optional(),
  kind: z.string().optional(),
  retryOf: z.uuid().optional().meta({ description: 'Those that try this job again' }),
  ...paging,
  count: z.boolean().optional().meta({
    description: '`true` adds how many there are in all: counted up to 10,000, beyond that an estimate (`isTotalExact` is false)',
  }),
});
export type JobsQuery = z.output<typeof jobsQuery>;

/** For the kinds that there are. */
export function jobsQueryOf(kinds: readonly Kind[]) {
  return jobsQuery.extend({ kind: z.enum(kinds.map(({ kind }) => kind)).optional() });
}

export const itemsQuery = z.strictObject({ state: itemState.optional(), ...paging });
export type ItemsQuery = z.output<typeof itemsQuery>;
