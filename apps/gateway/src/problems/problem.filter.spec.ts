import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { EarshotError, type ErrorCode } from '@earshot/contracts';
import type { Log } from '@earshot/platform';
import type { ArgumentsHost } from '@nestjs/common';
import { ProblemFilter } from './problem.filter.js';

/** What is logged of a request that ends so, and the status of its answer. */
async function endOf(thrown: unknown): Promise<{ logged: string[]; status: number }> {
  const logged: string[] = [];
  const log = { error: () => logged.push('error'), warn: () => logged.push('warn') } as Partial<Log> as Log;
  const request = Object.assign(new IncomingMessage(new Socket()), { path: '/', method: 'GET', complete: true });
  const response = new ServerResponse(request);
  const http = { getRequest: () => request, getResponse: () => response };
  await new ProblemFilter(log).catch(thrown, { switchToHttp: () => http } as unknown as ArgumentsHost);
  return { logged, status: response.statusCode };
}

describe('a request that fails', () => {
  it.each<[ErrorCode, number, string[]]>([
    ['INTERNAL', 500, ['error']],
    ['DATABASE_UNAVAILABLE', 503, ['warn']],
    ['STORAGE_FULL', 507, ['warn']],
    ['BUSY', 503, []],
    ['BACKLOG_FULL', 429, []],
  ])('by %s is answered %d and logged as %j', async (code, status, logged) =>
    expect(await endOf(new EarshotError(code, 'for the reason of the spec'))).toEqual({ logged, status }),
  );

  it('for want of space on the disk is STORAGE_FULL', async () =>
    expect((await endOf(Object.assign(new Error('write'), { code: 'ENOSPC' }))).status).toBe(507));
});
