import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestGateway } from './test-gateway.js';

const main = fileURLToPath(new URL('../../../extractor/dist/main.js', import.meta.url));

/** The built extractor as a process of its own, on the gateway's database and blobs. */
export async function startExtractor({ databaseUrl, home }: TestGateway): Promise<{ stop(): Promise<void> }> {
  const settings = { DATABASE_URL: databaseUrl, EARSHOT_HOME: home, HEALTH_PORT: '0', EARSHOT_SANDBOX_CHILDREN: '1' };
  const extractor = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(extractor, 'exit');
  let lines = '';
  for await (const chunk of extractor.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    lines += chunk;
    if (lines.includes('"msg":"working"')) break;
  }
  if (extractor.exitCode !== null) throw new Error(`The extractor did not start: ${lines}`);
  extractor.stdout.resume();
  return {
    async stop() {
      extractor.kill('SIGTERM');
      await ended;
    },
  };
}
