import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EarshotError } from '@earshot/contracts';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import { problemDocument, retryAfterOf } from '../problems/problem-document.js';
import { type Answer, isAnswer } from './answer.js';
import { etagOf, matches } from './etag.js';
import { requestIdOf } from './request-id.js';

/** Sends what routes answer by the one place that writes HTTP. */
export class AnsweringAdapter extends ExpressAdapter {
  override reply(response: Response, value: unknown): unknown {
    if (!isAnswer(value)) throw new Error('A route has returned something that is no answer');
    return writeAnswer(response, value);
  }
}

export async function writeAnswer(response: Response, { status, headers = {}, body }: Answer): Promise<void> {
  response.statusCode = status;
  const { Vary: varies, ...others } = headers;
  for (const [name, value] of Object.entries(others)) response.setHeader(name, value);
  if (varies !== undefined) response.vary(String(varies)); // beside the `Origin` that CORS has put there
  const text = body !== null && 'json' in body ? JSON.stringify(body.json) : '';
  if (body !== null && 'json' in body && body.isTagged) response.setHeader('ETag', etagOf(text));
  if (isKnown(response, status)) {
    response.statusCode = 304;
    response.removeHeader('Content-Length');
    response.end();
  } else if (body === null) response.end();
  else if ('json' in body) writeText(response, 'application/json; charset=utf-8', text);
  else if ('problem' in body) writeProblem(response, body.problem, status);
  else if ('bytes' in body) {
    response.setHeader('Content-Type', body.type).setHeader('Content-Length', body.bytes.byteLength);
    response.end(body.bytes);
  } else if ('listener' in body) {
    response.setHeader('Content-Type', body.type);
    response.flushHeaders();
    if (response.req.method === 'HEAD') response.end();
    else body.listener(response);
  } else await writeStream(response, body);
}

/** Whether the client has what it asks to read: its If-None-Match names the tag. With a change that header says something else. */
function isKnown(response: Response, status: number): boolean {
  if (response.req.method !== 'GET' && response.req.method !== 'HEAD') return false;
  const etag = response.getHeader('ETag');
  return status < 300 && typeof etag === 'string' && matches(response.req.get('if-none-match'), etag);
}

function writeText(response: Response, type: string, text: string): void {
  response.setHeader('Content-Type', type).setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

function writeProblem(response: Response, error: EarshotError, status: number): void {
  const retryAfter = retryAfterOf(error);
  if (retryAfter !== null) response.setHeader('Retry-After', retryAfter);
  const { code, detail, members, faults } = error;
  const occurrence = { instance: response.req.path, requestId: requestIdOf(response.req) };
  writeText(response, 'application/problem+json', JSON.stringify(problemDocument({ code, detail, status, members, faults }, occurrence)));
}

/**
 * Sends pieces as they come, as fast as the client reads. The first piece is waited for, by HEAD too, so that what is wrong at the start
 * is still an error with its status; what breaks later breaks the connection.
 */
async function writeStream(response: Response, { stream, type }: Extract<NonNullable<Answer['body']>, { stream: unknown }>): Promise<void> {
  response.setHeader('Content-Type', type);
  const source = (await stream())[Symbol.asyncIterator]();
  const first = await source.next();
  if (response.req.method === 'HEAD') {
    await source.return?.();
    response.end();
    return;
  }
  async function* all() {
    if (!first.done) yield first.value;
    yield* { [Symbol.asyncIterator]: () => source };
  }
  try {
    await pipeline(Readable.from(all()), response);
  } catch (error) {
    if (!hasLeft(error)) throw error;
  }
}

/** A client that goes away in the middle is no fault. */
function hasLeft(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ECONNRESET' || error.code === 'EPIPE')
  );
}
