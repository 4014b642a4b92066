import { type Log, type Metrics, withLogContext } from '@earshot/platform';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { requestIdOf } from './request-id.js';

/** Gives each request its id, one line in the log and its place in the metrics. */
export function requestLog({ log, metrics }: { log: Log; metrics: Metrics }): RequestHandler {
  const durations = metrics.histogram({
    name: 'earshot_http_request_duration_seconds',
    help: 'From the first byte of a request to the end of its answer',
    labels: ['method', 'route', 'status'],
  });
  return (request: Request, response: Response, next: NextFunction) => {
    const startMs = performance.now();
    const requestId = requestIdOf(request);
    response.setHeader('X-Request-Id', requestId);
    response.once('close', () => {
      const durationMs = performance.now() - startMs;
      const status = response.writableFinished ? response.statusCode : 499; // as nginx calls a client that has left
      durations.observe({ method: request.method, route: routeOf(request), status }, durationMs / 1000);
      const jobId = jobOf(request, response);
      log.info(
        { requestId, method: request.method, path: request.path, status, durationMs: Math.round(durationMs * 10) / 10, ...jobId },
        'request',
      );
    });
    withLogContext({ requestId }, next);
  };
}

/** The job that the request made, or is about. */
function jobOf({ path }: Request, response: Response): { jobId: string } | null {
  const [, jobId] = /^\/api\/v1\/jobs\/([0-9a-f-]{36})/.exec(String(response.getHeader('Location') ?? path)) ?? [];
  return jobId === undefined ? null : { jobId };
}

/** The pattern, so that ids do not make a time series each; what matched nothing is one series. */
function routeOf(request: Request): string {
  const route: unknown = request.route;
  const path = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  return typeof path === 'string' ? path : 'none';
}
