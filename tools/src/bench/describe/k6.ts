import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const script = fileURLToPath(new URL('../../../../deploy/k6/descriptions.js', import.meta.url));

const summary = z.object({
  requests: z.int().positive(),
  failed: z.int(),
  /** Between the first request and the last answer. */
  seconds: z.number().positive(),
  p50Ms: z.number(),
  p95Ms: z.number(),
  maxMs: z.number(),
});
export type K6Summary = z.output<typeof summary>;

/** The k6 of this machine. */
export function getK6(): string {
  for (const program of ['k6', join(homedir(), 'go/bin/k6')]) if (spawnSync(program, ['version']).status === 0) return program;
  throw new Error('This bench needs k6: `go install go.k6.io/k6@latest` puts it into ~/go/bin, https://grafana.com/docs/k6 has packages');
}

interface K6Load {
  url: string;
  /** Where the clips are sent; to be described by default. */
  route?: string;
  callers: number;
  seconds: number;
}

/** Loads the gateway with callers that each send the next clip when the one before is answered. */
export async function runK6(k6: string, { url, route, callers, seconds }: K6Load): Promise<K6Summary> {
  const child = spawn(k6, ['run', '--quiet', '--no-usage-report', '--address', '', script], {
    env: { PATH: process.env['PATH'], HOME: homedir(), BASE_URL: url, ROUTE: route, CALLERS: String(callers), SECONDS: String(seconds) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  if (code !== 0) throw new Error(`k6 ended with ${code}: ${errors.slice(-2_000)}`);
  const result = summary.parse(JSON.parse(output));
  if (result.failed > 0) throw new Error(`${result.failed} of ${result.requests} requests failed: ${errors.slice(0, 2_000)}`);
  return result;
}
