import type { ErrorCode } from '@earshot/contracts';
import type { ApiHeaderOptions, ContentObject, HeadersObject } from '@nestjs/swagger';
import { maxWaitSeconds } from '../requests/prefer.js';
import { schemaRef } from './schemas.js';

/** A body of JSON; the document shows the example of that name with it. */
export function json(name: string): ContentObject {
  return { 'application/json': { schema: schemaRef(name) } };
}

/** What the routes say of a JSON body that they cannot take. */
export const jsonProblems: ErrorCode[] = [
  'REQUEST_INVALID',
  'BODY_MALFORMED',
  'BODY_TRUNCATED',
  'BODY_TOO_SLOW',
  'BODY_TOO_LARGE',
  'TYPE_UNSUPPORTED',
];

export const retryAfterHeader: HeadersObject = {
  'Retry-After': { description: 'Seconds after which asking again makes sense', schema: { type: 'integer' } },
};

export const locationHeader: HeadersObject = {
  Location: { description: 'Path of the job', schema: { type: 'string' } },
};

export const preferenceHeader: HeadersObject = {
  'Preference-Applied': { description: '`wait=N` with a result that was waited for, else `respond-async`', schema: { type: 'string' } },
};

export const replayedHeader: HeadersObject = {
  'Idempotency-Replayed': { description: '`true` when this was answered before under the same key', schema: { type: 'string' } },
};

export const idempotencyKey: ApiHeaderOptions = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'Any 1 to 255 printable characters. The same request under the same key within 24 hours gets the same answer, and makes nothing twice',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

export const prefer: ApiHeaderOptions = {
  name: 'Prefer',
  required: false,
  description: `\`wait=N\` waits up to N seconds (at most ${maxWaitSeconds}) for the result and answers 200 with it`,
  schema: { type: 'string', example: 'wait=10' },
};

export const ifNoneMatch: ApiHeaderOptions = {
  name: 'If-None-Match',
  required: false,
  description: 'The `ETag` of what you have: 304 when it is still the same',
  schema: { type: 'string' },
};

export const ifMatch: ApiHeaderOptions = {
  name: 'If-Match',
  required: false,
  description: 'The `ETag` of what you have: 412 when it is not the same any more',
  schema: { type: 'string' },
};

/** The same where a change without it is refused. */
export const ifMatchRequired: ApiHeaderOptions = {
  ...ifMatch, // optional by the document: whoever leaves it out is told so by 428
  description: 'The `ETag` of what you want to change: 412 when it is not the same any more, 428 without one',
};

export const linkHeader: HeadersObject = {
  Link: { description: '`rel="next"` leads to the next page', schema: { type: 'string' } },
};

export const etagHeader: HeadersObject = {
  ETag: { description: 'Changes with the content', schema: { type: 'string' } },
};

export const range: ApiHeaderOptions = {
  name: 'Range',
  required: false,
  description: 'One range, for example `bytes=0-1023`',
  schema: { type: 'string' },
};

export const lastEventId: ApiHeaderOptions = {
  name: 'Last-Event-ID',
  required: false,
  description: 'Number of the last event that you have',
  schema: { type: 'string' },
};
