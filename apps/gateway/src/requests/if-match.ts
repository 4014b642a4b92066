import { EarshotError } from '@earshot/contracts';
import type { Request } from 'express';
import { matches } from './etag.js';

/** Whether the request names a state that it is meant for (`If-Match`); PRECONDITION_FAILED when that is another one than `etag`. */
export function isMeantFor(request: Request, etag: string): boolean {
  const wanted = request.get('if-match');
  if (wanted === undefined) return false;
  if (wanted.startsWith('W/') || !matches(wanted, etag))
    throw new EarshotError('PRECONDITION_FAILED', `The ETag is ${etag} by now, not ${wanted.slice(0, 200)}`);
  return wanted.trim() !== '*';
}
