import { createHash } from 'node:crypto';
import { EarshotError } from '@earshot/contracts';
import type { Request } from 'express';

/** The tag of something that counts its changes. Where it shows more than that count is of, its content makes the tag strong. */
export function revisionTag(revision: number, content?: object): string {
  if (content === undefined) return `"${revision}"`;
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);
  return `"${revision}.${digest}"`;
}

/**
 * Which revision a change is meant for, by `If-Match`; 0 by `If-None-Match: *` (there is none yet); `whatever` by `If-Match: *`.
 * PRECONDITION_REQUIRED without either. A tag that is none of ours is that of no revision.
 */
export function expectedRevision(request: Request): number | 'whatever' {
  const match = request.get('if-match')?.trim();
  if (match === undefined) {
    if (request.get('if-none-match')?.trim() === '*') return 0;
    throw new EarshotError(
      'PRECONDITION_REQUIRED',
      'Send the `ETag` of what is to be changed as `If-Match`; `If-None-Match: *` where nothing is there yet',
    );
  }
  if (match === '*') return 'whatever';
  const revision = /^"(\d{1,9})(\.[\w-]+)?"$/.exec(match)?.[1];
  if (revision === undefined)
    throw new EarshotError('PRECONDITION_FAILED', `${match.slice(0, 100)} is the tag of no state that this has had`);
  return Number(revision);
}

/** The same where the header may be left out: then the change is meant for whatever is there. */
export function expectedRevisionIfAny(request: Request): number | 'whatever' {
  return request.get('if-match') === undefined && request.get('if-none-match') === undefined ? 'whatever' : expectedRevision(request);
}
