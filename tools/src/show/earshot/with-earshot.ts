import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const cli = 'apps/cli/dist/main.js';

/** An Earshot that runs. */
export interface RunningEarshot {
  url: string;
  readySeconds: number;
  /** Standard output of `earshot ARGS`, on this server. */
  earshot(...args: string[]): Promise<string>;
}

/** Starts Earshot in a new home on a free port while `use` runs. */
export async function withEarshot(use: (running: RunningEarshot) => Promise<void>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'earshot-show-'));
  const startedAt = performance.now();
  const server = spawn(process.execPath, [cli, 'up', '--home', home, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  try {
    const [line] = await Promise.race([once(createInterface(server.stdout), 'line'), ended.then(() => ['it ended'])]);
    const [, url] = /is ready: (\S+)/.exec(String(line)) ?? [];
    if (url === undefined) throw new Error(`Earshot did not start: ${line}`);
    const env = { ...process.env, EARSHOT_URL: url };
    await use({
      url,
      readySeconds: Number(((performance.now() - startedAt) / 1_000).toFixed(1)),
      earshot: async (...args) => (await promisify(execFile)(process.execPath, [cli, ...args], { env, maxBuffer: 2 ** 26 })).stdout,
    });
  } finally {
    server.kill('SIGINT');
    await ended;
    await rm(home, { recursive: true, force: true });
  }
}
