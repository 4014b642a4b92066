import { z } from 'zod';

/** What a list answers: `nextCursor` leads on, null on the last page. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int().nonnegative().optional() });
}
