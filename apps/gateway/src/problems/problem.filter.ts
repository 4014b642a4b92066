import { EarshotError } from '@earshot/contracts';
import type { Log } from '@earshot/platform';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { requestIdOf } from '../requests/request-id.js';
import { drain } from '../uploads/drain.js';
import { problemDocument, retryAfterSeconds } from './problem-document.js';

/** Everything that goes wrong in a request leaves through here, as a problem document of the one table. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const error = asEarshotError(thrown, request);
    if (error.spec.status === 500) this.log.error({ error: thrown }, 'a request failed');
    else if (error.spec.status > 500) this.log.warn({ error: thrown }, 'a request could not be served');

    if (response.headersSent) {
      response.destroy(); // a stream that broke: the client must not take what it has for the whole
      return;
    }
    await drain(request);
    if (!request.complete) response.setHeader('Connection', 'close');
    const retryAfter = retryAfterSeconds(error);
    if (retryAfter !== null) response.setHeader('Retry-After', retryAfter);
    const { code, detail, members, faults } = error;
    const document = problemDocument({ code, detail, members, faults }, { instance: request.path, requestId: requestIdOf(request) });
    response.status(document.status).setHeader('Content-Type', 'application/problem+json').end(JSON.stringify(document));
  }
}

function asEarshotError(thrown: unknown, request: Request): EarshotError {
  if (thrown instanceof EarshotError) return thrown;
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusOf(thrown);
  if (status === 404) return new EarshotError('ROUTE_NOT_FOUND', `There is no ${request.method} ${request.path}`, { cause: thrown });
  if (status === 400) return new EarshotError('REQUEST_INVALID', 'The address of the request cannot be read', { cause: thrown });
  return new EarshotError('INTERNAL', 'The cause is in the log, under the id of this request', { cause: thrown });
}

/** Express' own errors carry their status; a path that cannot be decoded is 400. */
function statusOf(thrown: unknown): number {
  return thrown instanceof Error && 'status' in thrown && typeof thrown.status === 'number' ? thrown.status : 500;
}
