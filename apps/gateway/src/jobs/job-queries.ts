import { itemState, jobState } from '@earshot/contracts';
import { z } from 'zod';

const defaultLimit = 50;
const maxLimit = 200;

const limit = z.coerce
  .number('must be a whole number')
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .default(defaultLimit)
  .transform((value) => Math.min(value, maxLimit))
  .meta({ description: `Items of a page; more than ${maxLimit} are lowered to that`, example: defaultLimit });
const cursor = z.string().max(500).optional().meta({ description: '`nextCursor` of the page before' });

export const jobsQuery = z.strictObject({
  state: jobState.optional(),
  kind: z
    .string()
    .regex(/^[a-z][a-z-]{0,63}$/, 'must be the name of a kind')
    .optional(),
  limit,
  cursor,
  count: z.enum(['true', 'false']).optional().meta({ description: '`true` adds how many there are in all' }),
});
export type JobsQuery = z.output<typeof jobsQuery>;

export const itemsQuery = z.strictObject({ state: itemState.optional(), limit, cursor });
export type ItemsQuery = z.output<typeof itemsQuery>;
