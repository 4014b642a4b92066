import { itemState, jobState } from '@earshot/contracts';
import { z } from 'zod';

const defaultLimit = 50;
const maxLimit = 200;

const limit = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
  .refine((value) => value >= 1, 'must be at least 1')
  .transform((value) => Math.min(value, maxLimit))
  .optional()
  .transform((value) => value ?? defaultLimit);
const cursor = z.string().max(500).optional();

export const jobsQuery = z.strictObject({
  state: jobState.optional(),
  kind: z
    .string()
    .regex(/^[a-z][a-z-]{0,63}$/, 'must be the name of a kind')
    .optional(),
  limit,
  cursor,
  count: z.enum(['true', 'false']).optional(),
});
export type JobsQuery = z.output<typeof jobsQuery>;

export const itemsQuery = z.strictObject({ state: itemState.optional(), limit, cursor });
export type ItemsQuery = z.output<typeof itemsQuery>;
