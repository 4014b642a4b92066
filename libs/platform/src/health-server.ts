import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Health } from './health.js';
import type { Metrics } from './metrics.js';

interface Probed {
  health: Health;
  metrics: Metrics;
}

/**
 * Answers GET /livez, /readyz and /metrics; returns false for any other request, and leaves it untouched.
 * Express: `app.use(async (req, res, next) => { if (!(await answerProbe(probed, req, res))) next(); })`.
 */
export async function answerProbe({ health, metrics }: Probed, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  switch (request.url?.split('?', 1)[0]) {
    case '/livez':
      sendJson(response, health.live());
      return true;
    case '/readyz':
      sendJson(response, await health.ready());
      return true;
    case '/metrics':
      response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(await metrics.text());
      return true;
    default:
      return false;
  }
}

interface HealthServerOptions extends Probed {
  host: string;
  /** 0 takes any free one. */
  port: number;
}

/** The small server by which a worker, which serves nothing else, can be probed. */
export async function startHealthServer({ host, port, ...probed }: HealthServerOptions): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answerProbe(probed, request, response).then(
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
