import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestGateway } from './test-gateway.js';

/** The built extractor as a process of its own, on the gateway's database and blobs. */
export function startExtractor(gateway: TestGateway): Promise<{ stop(): Promise<void> }> {
  return startService('extractor', gateway);
}

/** The built trainer, likewise; what it trains is waited for, so it gives way to nobody. */
export function startTrainer(gateway: TestGateway): Promise<{ stop(): Promise<void> }> {
  return startService('trainer', gateway, { EARSHOT_TRAINING_NICENESS: '0' });
}

/** The built indexer, likewise. */
export function startIndexer(gateway: TestGateway): Promise<{ stop(): Promise<void> }> {
  return startService('indexer', gateway);
}

async function startService(
  name: 'extractor' | 'trainer' | 'indexer',
  { databaseUrl, home }: TestGateway,
  more: Record<string, string> = {},
): Promise<{ stop(): Promise<void> }> {
  const main = fileURLToPath(new URL(`../../../${name}/dist/main.js`, import.meta.url));
  const settings = { DATABASE_URL: databaseUrl, EARSHOT_HOME: home, HEALTH_PORT: '0', EARSHOT_SANDBOX_CHILDREN: '1' };
  const service = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], ...settings, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(service, 'exit');
  let lines = '';
  for await (const chunk of service.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    lines += chunk;
    if (lines.includes('"msg":"working"')) break;
  }
  if (service.exitCode !== null) throw new Error(`The ${name} did not start: ${lines}`);
  service.stdout.resume();
  return {
    async stop() {
      service.kill('SIGTERM');
      await ended;
    },
  };
}
