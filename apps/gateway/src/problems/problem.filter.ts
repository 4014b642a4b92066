import { EarshotError, isDiskFull } from '@earshot/contracts';
import type { Log } from '@earshot/platform';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { failed } from '../requests/answer.js';
import { writeAnswer } from '../requests/write-answer.js';
import { drain } from '../uploads/drain.js';
import { otherMethodsOf } from './methods-of.js';

/** Everything that goes wrong in a request leaves through here, as a problem document of the one table. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const allowed = isUnrouted(thrown) ? otherMethodsOf(request) : [];
    const error = asEarshotError(thrown, request, allowed);
    if (error.spec.status === 500) this.log.error({ error: thrown }, 'a request failed');
    else if (error.spec.status > 500 && error.code !== 'BUSY')
      // who is refused by the thousand is in the access log, and must not cost more here than what he asks for
      this.log.warn({ error: thrown }, 'a request could not be served');

    if (response.headersSent) {
      response.destroy(); // a stream that broke: the client must not take what it has for the whole
      return;
    }
    await drain(request);
    for (const name of headersOfTheAnswerThatFailed) response.removeHeader(name);
    if (!request.complete) response.setHeader('Connection', 'close');
    await writeAnswer(response, failed(error, allowed.length > 0 ? { Allow: allowed.join(', ') } : {}));
  }
}

const headersOfTheAnswerThatFailed = ['ETag', 'Cache-Control', 'Content-Disposition', 'Content-Range', 'Content-Length'];

function isUnrouted(thrown: unknown): boolean {
  return thrown instanceof HttpException && thrown.getStatus() === 404;
}

function asEarshotError(thrown: unknown, { method, path }: Request, allowed: string[]): EarshotError {
  if (thrown instanceof EarshotError) return thrown;
  if (isDiskFull(thrown)) return new EarshotError('STORAGE_FULL', 'The disk of the gateway is full', { cause: thrown });
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusOf(thrown);
  if (status === 404 && allowed.length > 0)
    return new EarshotError('METHOD_NOT_ALLOWED', `${path} takes ${allowed.join(', ')}, not ${method}`, { cause: thrown });
  if (status === 404) return new EarshotError('ROUTE_NOT_FOUND', `There is no ${method} ${path}`, { cause: thrown });
  if (status === 400) return new EarshotError('REQUEST_INVALID', 'The address of the request cannot be read', { cause: thrown });
  if (status === 412) return new EarshotError('PRECONDITION_FAILED', `${path} is in another state`, { cause: thrown });
  if (status === 416) return new EarshotError('RANGE_NOT_SATISFIABLE', `${path} is shorter than that`, { cause: thrown });
  return new EarshotError('INTERNAL', 'The cause is in the log, under the id of this request', { cause: thrown });
}

/** Express' own errors carry their status: a path that cannot be decoded is 400; of files 412 and 416 are said, too. */
function statusOf(thrown: unknown): number {
  return thrown instanceof Error && 'status' in thrown && typeof thrown.status === 'number' ? thrown.status : 500;
}
