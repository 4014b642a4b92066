// The S3 of the tests: moto's server, from a virtual environment that is made once (about 25 s) under node_modules/.cache.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const moto = 'moto[server]==5.2.5';
const cache = fileURLToPath(new URL('../../../node_modules/.cache/earshot', import.meta.url));
const environment = join(cache, `moto-venv-${moto.replace(/[^0-9.]/g, '')}`);

export interface MotoServer {
  endpoint: string;
  stop(): Promise<void>;
}

/** Fails, and says what is missing, where Python 3 with venv and pip is not to be had: the tests are not skipped. */
export async function startMoto(): Promise<MotoServer> {
  await makeEnvironment();
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(join(environment, 'bin', 'python'), ['-m', 'moto.server', '-H', '127.0.0.1', '-p', `${port}`], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  await untilItAnswers(endpoint, server);
  const stop = async () => {
    server.kill('SIGKILL');
    await ended;
  };
  return { endpoint, stop };
}

async function makeEnvironment(): Promise<void> {
  if (existsSync(environment)) return;
  const unfinished = `${environment}-${process.pid}`;
  const run = promisify(execFile);
  try {
    await mkdir(dirname(unfinished), { recursive: true });
    await run('python3', ['-m', 'venv', '--clear', unfinished]);
    await run(join(unfinished, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', moto]);
    // The scripts of an environment name its path: they are run through its Python, so that it can be renamed when it is whole.
    await rename(unfinished, environment);
  } catch (cause) {
    await rm(unfinished, { recursive: true, force: true });
    if (existsSync(environment)) return; // another run of the tests was faster
    throw new Error(`The S3 tests need python3 with venv and pip, and ${moto} from a package index`, { cause });
  }
}

async function untilItAnswers(endpoint: string, server: ChildProcess): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  while (Date.now() < giveUpAt && server.exitCode === null) {
    const answer = await fetch(endpoint).catch(() => null);
    if (answer?.ok) return;
    await delay(50);
  }
  server.kill('SIGKILL');
  throw new Error(`moto does not answer at ${endpoint} (exit code ${server.exitCode})`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
