import type { ErrorCode } from '@earshot/contracts';
import type { ContentObject } from '@nestjs/swagger';
import { jobLinks } from '../docs/links.js';
import { json, locationHeader, prefer, preferenceHeader, retryAfterHeader } from '../docs/shared-parts.js';
import { jobProblems, uploadProblems } from '../docs/work-parts.js';
import { oldStatusOf } from './old-status.interceptor.js';

const jobHeaders = { ...locationHeader, ...preferenceHeader };

/** A form of one file, or of several, in the field of that name. */
export function oldForm(field: 'file' | 'files', more: Record<string, object> = {}): ContentObject {
  const file = { type: 'string', format: 'binary' };
  const files = field === 'file' ? file : { type: 'array', items: file, minItems: 1 };
  const properties = { [field]: files, ...more };
  return { 'multipart/form-data': { schema: { type: 'object', required: [field], additionalProperties: false, properties } } };
}

/** What is common to the old systems' routes that score files; `content` is of the answer that was waited for. */
export function oldScoringOperation(content: ContentObject, { job = 'PredictionJob', problems: more = [] as readonly ErrorCode[] } = {}) {
  const problems: ErrorCode[] = [
    ...uploadProblems,
    ...jobProblems,
    'CLASSIFIER_NOT_FOUND',
    'ALIAS_NOT_FOUND',
    'MODEL_VERSION_NOT_FOUND',
    'MODEL_INVALID',
    ...more,
  ];
  return {
    requestHeaders: [
      { ...prefer, description: '`respond-async` answers 202 at once; else the result is waited for', schema: { type: 'string' as const } },
    ],
    answers: {
      200: { description: 'The result', content },
      202: {
        description: 'The job, which took longer than LEGACY_WAIT_MS or was not to be waited for',
        content: json(job),
        headers: { ...jobHeaders, ...retryAfterHeader },
        links: jobLinks('$response.body#/id'),
      },
    },
    problems: [...new Set(problems)],
    problemHeaders: jobHeaders,
    statusOf: oldStatusOf,
  };
}
