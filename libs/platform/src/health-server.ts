import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Health } from './health.js';
import { isLoopback, isLoopbackHost } from './loopback.js';
import type { Metrics } from './metrics.js';

/** Whether it is a request that `answerProbe` answers. */
export function isProbe(request: IncomingMessage): boolean {
  return isGetOf('/livez', request) || isGetOf('/readyz', request);
}

/**
 * Answers GET /livez and /readyz; returns false for any other request, and leaves it untouched.
 * Express: `app.use(async (req, res, next) => { if (!(await answerProbe(health, req, res))) next(); })`.
 */
export async function answerProbe(health: Health, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (isGetOf('/livez', request)) sendJson(response, health.live());
  else if (isGetOf('/readyz', request)) sendJson(response, await health.ready());
  else return false;
  return true;
}

/** The same for GET /metrics, which tells more than a probe and may stand behind a key. */
export async function answerMetrics(metrics: Metrics, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (!isGetOf('/metrics', request)) return false;
  response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(await metrics.text());
  return true;
}

function isGetOf(path: string, { method, url }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && url?.split('?', 1)[0] === path;
}

interface HealthServerOptions {
  health: Health;
  metrics: Metrics;
  host: string;
  /** 0 takes any free one. */
  port: number;
}

/**
 * The small server by which a worker, which serves nothing else, can be probed. On a loopback address it answers to loopback names only:
 * a web page whose own name suddenly means this machine (DNS rebinding) learns nothing.
 */
export async function startHealthServer({
  host,
  port,
  health,
  metrics,
}: HealthServerOptions): Promise<{ url: string; close(): Promise<void> }> {
  const answer = async (request: IncomingMessage, response: ServerResponse) =>
    (await answerProbe(health, request, response)) || answerMetrics(metrics, request, response);
  const mayAsk = ({ headers }: IncomingMessage) => !isLoopback(host) || isLoopbackHost(headers.host ?? '');
  const server = createServer((request, response) => {
    if (!mayAsk(request)) return void response.writeHead(403).end();
    answer(request, response).then(
      (isAnswered) => isAnswered || response.writeHead(404, { 'content-type': 'application/json' }).end('{"status":"not found"}'),
      () => response.writeHead(500).end(),
    );
  });
  const address = await new Promise<AddressInfo | string | null>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address()));
  });
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendJson(response: ServerResponse, { status, body }: { status: number; body: object }): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}
