import { type ErrorCode, errorCodes } from '@earshot/contracts';
import { applyDecorators } from '@nestjs/common';
import {
  ApiHeader,
  type ApiHeaderOptions,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  type ContentObject,
  type HeadersObject,
  type LinkObject,
} from '@nestjs/swagger';
import type { z } from 'zod';
import { queryParameters } from './query-parts.js';
import { schemaRef } from './schemas.js';
import { etagHeader, ifNoneMatch, retryAfterHeader } from './shared-parts.js';

interface AnswerSpec {
  description: string;
  content?: ContentObject;
  headers?: HeadersObject;
  links?: Record<string, LinkObject>;
}

interface OperationSpec {
  /** The name of the method in generated clients. */
  id: string;
  tag: string;
  summary: string;
  description?: string;
  /** What `:id` in the path is of. */
  idOf?: 'clip' | 'job';
  query?: z.ZodObject;
  requestHeaders?: ApiHeaderOptions[];
  body?: ContentObject;
  /** Whether the request may come without it. */
  isBodyOptional?: boolean;
  answers: Record<number, AnswerSpec>;
  problems: ErrorCode[];
  /** Of answers that say a problem. */
  problemHeaders?: HeadersObject;
  /** In which other form problems are told. */
  problemContent?: ContentObject;
  /** Where problems have other statuses than the table's. */
  statusOf?: (code: ErrorCode) => number;
}

/** Says of a route all that a client can be generated from. */
export function Operation({
  id,
  tag,
  summary,
  description,
  idOf,
  query,
  requestHeaders,
  body,
  isBodyOptional = false,
  answers,
  problems,
  problemHeaders,
  problemContent,
  statusOf = (code) => errorCodes[code].status,
}: OperationSpec): MethodDecorator {
  const operation = ApiOperation({
    operationId: id,
    tags: [tag],
    summary,
    description,
    ...(body === undefined ? {} : { requestBody: { required: !isBodyOptional, content: body } }),
  });
  const path =
    idOf === undefined ? [] : [ApiParam({ name: 'id', description: `Id of the ${idOf}`, schema: { type: 'string', format: 'uuid' } })];
  const unchanged: Record<number, AnswerSpec> = requestHeaders?.includes(ifNoneMatch)
    ? { 304: { description: 'Nothing has changed', headers: etagHeader } }
    : {};
  const good = Object.entries({ ...unchanged, ...answers }).map(([status, answer]) =>
    ApiResponse({ status: Number(status), ...answer, headers: { ...requestIdHeader, ...answer.headers } }),
  );
  const headers = (requestHeaders ?? []).map((header) => ApiHeader(header));
  const parameters = (query === undefined ? [] : queryParameters(query)).map((parameter) => ApiQuery(parameter));
  return applyDecorators(
    operation,
    ...path,
    ...parameters,
    ...headers,
    ...good,
    ...problemAnswers(Map.groupBy(new Set([...problems, ...problemsOfAll]), statusOf), problemHeaders, problemContent),
  );
}

/** What any route may answer. */
const problemsOfAll: ErrorCode[] = [
  'REQUEST_INVALID',
  'UNAUTHENTICATED',
  'ORIGIN_REFUSED',
  'TOO_MANY_ATTEMPTS',
  'INTERNAL',
  'DATABASE_UNAVAILABLE',
  'BUSY',
  'STORAGE_FULL',
];

const requestIdHeader: HeadersObject = {
  'X-Request-Id': { description: 'Names this request in the logs; yours, if you sent one', schema: { type: 'string' } },
};

function problemAnswers(byStatus: Map<number, ErrorCode[]>, more: HeadersObject = {}, otherwise: ContentObject = {}): MethodDecorator[] {
  return [...byStatus].map(([status, ofStatus]) => {
    const retry = ofStatus.some((code) => errorCodes[code].retry || code === 'JOB_NOT_FINISHED') ? retryAfterHeader : {};
    return ApiResponse({
      status,
      description: ofStatus.map((code) => `\`${code}\``).join(', '), // what each means is listed once, in the table behind `help`
      headers: { ...requestIdHeader, ...more, ...retry },
      content: { 'application/problem+json': { schema: schemaRef('Problem') }, ...otherwise },
    });
  });
}
