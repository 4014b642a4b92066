import { createHash } from 'node:crypto';
import { EarshotError } from '@earshot/contracts';
import { z } from 'zod';

export type Filters = Record<string, string | undefined>;

const cursorContent = z.tuple([z.string(), z.string()]);

/** Says where the next page begins, and for which list and filters that holds. */
export function pageCursor(after: string, filters: Filters): string {
  return Buffer.from(JSON.stringify([after, hashOf(filters)])).toString('base64url');
}

/** Where to go on; CURSOR_INVALID when the cursor is not ours or comes from other filters. */
export function readCursor(cursor: string, filters: Filters): string {
  const content = cursorContent.safeParse(parsed(cursor));
  if (!content.success) throw new EarshotError('CURSOR_INVALID', 'The cursor is not one of ours');
  const [after, hash] = content.data;
  if (hash !== hashOf(filters)) throw new EarshotError('CURSOR_INVALID', 'The cursor belongs to another list or to other filters');
  return after;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

function hashOf(filters: Filters): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  return createHash('sha256').update(JSON.stringify(given.sort())).digest('base64url').slice(0, 12);
}
