import type { ErrorCode } from '@earshot/contracts';
import type { ApiHeaderOptions, ContentObject, HeadersObject } from '@nestjs/swagger';
import { maxWaitSeconds } from '../requests/prefer.js';
import { examples } from './examples.js';
import { schemaRef } from './schemas.js';

export function json(name: keyof typeof examples): ContentObject {
  return { 'application/json': { schema: schemaRef(name), example: examples[name] } };
}

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

export const filesBody: ContentObject = {
  'multipart/form-data': {
    schema: {
      type: 'object',
      required: ['file'],
      additionalProperties: false,
      properties: { file: { type: 'array', items: { type: 'string', format: 'binary' }, minItems: 1, maxItems: 10_000 } },
    },
  },
};

/** The codes of everything that can be wrong with an upload. */
export const uploadProblems: ErrorCode[] = [
  'REQUEST_INVALID',
  'BODY_MALFORMED',
  'BODY_TRUNCATED',
  'BODY_TOO_LARGE',
  'FILE_TOO_LARGE',
  'TOO_MANY_FILES',
  'TYPE_UNSUPPORTED',
  'AUDIO_FORMAT_UNKNOWN',
  'AUDIO_EMPTY',
  'IDEMPOTENCY_MISMATCH',
  'STORAGE_UNAVAILABLE',
  'STORAGE_FULL',
];

/** What a job may have come to when its result is asked for. */
export const waitedProblems: ErrorCode[] = [
  'JOB_CANCELLED',
  'JOB_EXPIRED',
  'ALL_ITEMS_FAILED',
  'TASK_QUARANTINED',
  'MEMORY_EXCEEDED',
  'SANDBOX_CRASHED',
];

/** The answers to a request for work. */
export function workAnswers(result: keyof typeof examples) {
  const headers = { ...locationHeader, ...preferenceHeader, ...replayedHeader };
  return {
    200: { description: 'The result, when it was waited for (`Prefer: wait=N`) and came in time', content: json(result), headers },
    202: { description: 'The job', content: json('Job'), headers: { ...headers, ...retryAfterHeader } },
  };
}

const clipIdsExample = { clipIds: ['0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a'], customIds: ['take 1'], metadata: { project: 'demo' } };

/** The bodies of a request for work on stored clips. */
export function workBody(request: 'DescribeRequest' | 'FeaturesRequest'): ContentObject {
  const example = request === 'FeaturesRequest' ? { ...clipIdsExample, profiles: ['talent-37@1'] } : clipIdsExample;
  return { 'application/json': { schema: schemaRef(request), example }, 'application/jsonl': { schema: schemaRef('ClipLine') } };
}

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
