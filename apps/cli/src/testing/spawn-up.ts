// Starts the built command as a process of its own, for specs.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@earshot/embedded';

export const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface Up {
  child: ChildProcess;
  url: string;
  stdout: () => string;
  stderr: () => string;
  /** Every process that belongs to this start, by what it inherited or what it works on. */
  processes: () => number[];
  /** Resolves when it has printed its line. */
  ready: () => Promise<void>;
  ended: Promise<number | null>;
}

interface UpOptions {
  home: string;
  args?: string[];
  env?: Record<string, string>;
}

/** `earshot up` on a free port, in a process group of its own, so that a Ctrl-C can be sent as a terminal sends it: to the whole group. */
export async function spawnUp({ home, args = [], env = {} }: UpOptions): Promise<Up> {
  const port = await freePort();
  const run = randomUUID();
  const all = [main, 'up', '--home', home, '--port', String(port), ...args];
  const child = spawn(process.execPath, all, {
    detached: true,
    env: { PATH: process.env['PATH'], EARSHOT_DEMONSTRATION: 'off', ...env, EARSHOT_TEST_RUN: run },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  let isEnded = false;
  void ended.then(() => (isEnded = true));
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    stdout: () => stdout,
    stderr: () => stderr,
    processes: () =>
      pidsOf((text) => text.includes(`EARSHOT_TEST_RUN=${run}`) || text.includes(`${home}/postgres`) || text.includes(`${home}/chroma`)),
    ready: () =>
      until(
        () => stdout.includes('\n'),
        60,
        () => stderr,
      ),
    ended: new Promise((resolve) => child.once('close', (code) => resolve(code))),
  };
}

/** The living processes whose command line, environment or folder fits. */
export function pidsOf(fits: (text: string) => boolean): number[] {
  const lookAt = (look: () => string) => {
    try {
      return look();
    } catch {
      return ''; // It has ended meanwhile.
    }
  };
  const textOf = (pid: string) =>
    [
      lookAt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')),
      lookAt(() => readFileSync(`/proc/${pid}/environ`, 'utf8')),
      lookAt(() => readlinkSync(`/proc/${pid}/cwd`)),
    ].join('\0');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && fits(textOf(name)))
    .map(Number);
}

export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** Waits for a state, never for a time. */
export async function until(condition: () => boolean | Promise<boolean>, limitSeconds: number, otherwise: () => string): Promise<void> {
  for (const endMs = Date.now() + limitSeconds * 1000; !(await condition()); await sleep(20)) {
    if (Date.now() > endMs) throw new Error(`not after ${limitSeconds} s:\n${otherwise()}`);
  }
}
