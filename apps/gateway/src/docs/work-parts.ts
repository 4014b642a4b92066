import { type ErrorCode, type Kind, optionsOf } from '@earshot/contracts';
import type { ContentObject, HeadersObject } from '@nestjs/swagger';
import { jobLinks } from './links.js';
import { textSchemaOf } from './query-parts.js';
import { schemaRef } from './schemas.js';
import { json, locationHeader, preferenceHeader, replayedHeader, retryAfterHeader } from './shared-parts.js';

/** Under which a kind's operations stand together. */
export function tagOf({ route }: Kind): string {
  const words = route.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Files, and beside them the options of a kind as fields. */
export function filesBody(kind?: Kind): ContentObject {
  const options = Object.entries(kind === undefined ? {} : optionsOf(kind)).map(([name, member]) => [name, textSchemaOf(member)]);
  const file = { type: 'array', items: { type: 'string', format: 'binary' }, minItems: 1, maxItems: 10_000 };
  const properties = { file, ...Object.fromEntries(options) };
  return { 'multipart/form-data': { schema: { type: 'object', required: ['file'], additionalProperties: false, properties } } };
}

/** Clips that are stored already: their ids in JSON with the options, or one a line. */
export function clipsBody({ noun }: Kind): ContentObject {
  return { ...json(`${noun}Request`), 'application/jsonl': { schema: schemaRef('ClipLine') } };
}

export function optionsBody({ noun }: Kind): ContentObject {
  return json(`${noun}Request`);
}

/** JSON, or every item by itself as lines or as a table. */
export function itemsContent(whole: string, item: string): ContentObject {
  return { ...json(whole), 'application/jsonl': { schema: schemaRef(item) }, 'text/csv': { schema: { type: 'string' } } };
}

/** Of every answer to a request for work that has made a job, also where that came to a problem. */
export const workHeaders: HeadersObject = { ...locationHeader, ...preferenceHeader, ...replayedHeader };

/** The answers to a request for work. */
export function workAnswers(job: string, result: string, item: string | null) {
  const headers = workHeaders;
  return {
    200: {
      description: 'The result, when it was waited for (`Prefer: wait=N`) and came in time',
      content: item === null ? json(result) : itemsContent(result, item),
      headers,
      links: jobLinks('$response.body#/jobId'),
    },
    202: {
      description: 'The job',
      content: json(job),
      headers: { ...headers, ...retryAfterHeader },
      links: jobLinks('$response.body#/id'),
    },
  };
}

/** The codes of everything that can be wrong with an upload. */
export const uploadProblems: ErrorCode[] = [
  'REQUEST_INVALID',
  'BODY_MALFORMED',
  'BODY_TRUNCATED',
  'BODY_TOO_SLOW',
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
  'SANDBOX_UNAVAILABLE',
];

/** What keeps a job from being made, and what it may have come to where its result is waited for. */
export const jobProblems: ErrorCode[] = ['BACKLOG_FULL', ...waitedProblems];
