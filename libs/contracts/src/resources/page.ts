import { z } from 'zod';

/** What a list answers: `nextCursor` leads on, null on the last page. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item).meta({ description: 'Of a filtered list it may hold fewer than asked for, or none, and yet not be the last' }),
    nextCursor: z.string().nullable(),
    total: z.int().nonnegative().optional(),
    isTotalExact: z
      .boolean()
      .optional()
      .meta({ description: 'Beside `total`: false when that is an estimate, because there are too many to count' }),
  });
}
