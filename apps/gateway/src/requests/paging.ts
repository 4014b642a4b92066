import { EarshotError } from '@earshot/contracts';
import type { Request } from 'express';
import { z } from 'zod';
import { type Answer, ok } from './answer.js';
import { type Filters, pageCursor, readCursor } from './cursor.js';

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  total?: number;
  /** Whether `total` was counted, or estimated because there are too many. */
  isTotalExact?: boolean;
}

const defaultLimit = 50;
const maxLimit = 200;

/** What the query of every list may say. */
export const paging = {
  limit: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .default(defaultLimit)
    .transform((value) => Math.min(value, maxLimit))
    .meta({ description: `Items of a page; more than ${maxLimit} are lowered to that`, example: defaultLimit }),
  cursor: z.string().max(500).optional().meta({ description: '`nextCursor` of the page before' }),
};

/** A page of what is listed by descending ids. Of its rows one more than `limit` was read: it tells whether there is a next page. */
export function pageOf<Row extends { id: string }, Item>(
  rows: Row[],
  limit: number,
  filters: Filters,
  itemOf: (row: Row) => Item,
): Page<Item> {
  return pageBy(rows, limit, filters, { itemOf, placeOf: ({ id }) => id });
}

/** The same of what is listed by something else: `placeOf` says after what the next page begins. */
export function pageBy<Row, Item>(
  rows: Row[],
  limit: number,
  filters: Filters,
  { itemOf, placeOf }: { itemOf: (row: Row) => Item; placeOf: (row: Row) => string },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(itemOf), nextCursor: rows.length > limit && last !== undefined ? pageCursor(placeOf(last), filters) : null };
}

/** The number after which such a page begins. */
export function numberBefore(cursor: string | undefined, filters: Filters): number | null {
  if (cursor === undefined) return null;
  const place = readCursor(cursor, filters);
  if (!/^\d{1,9}$/.test(place)) throw new EarshotError('CURSOR_INVALID', 'The cursor is not one of ours');
  return Number(place);
}

/** The id after which such a page begins; null for the first one. */
export function idBefore(cursor: string | undefined, filters: Filters): string | null {
  if (cursor === undefined) return null;
  const id = readCursor(cursor, filters);
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new EarshotError('CURSOR_INVALID', 'The cursor is not one of ours');
  return id;
}

/** A page as JSON; `Link` leads to the next one. */
export function pageAnswer<Value extends Page<unknown>>(request: Request, page: Value): Answer<Value> {
  if (page.nextCursor === null) return ok(page);
  const [path = '', search = ''] = request.originalUrl.split('?', 2);
  const query = new URLSearchParams(search);
  query.set('cursor', page.nextCursor);
  return ok(page, { Link: `<${path}?${query}>; rel="next"` });
}
