import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChromaProgram, findChroma } from './chroma-programs.js';
import { commandLineOf } from './command-line.js';
import { watchServer } from './watch-server.js';

export interface ChromaOptions {
  /** The data: made at the first start, with those of each version apart. */
  dir: string;
  port: number;
  /** What happens to it, and what it says itself on standard error. Default: nobody reads them. */
  onLine?: (line: string) => void;
}

export interface RunningChroma {
  url: string;
  pid: number;
  version: string;
  /** Settles when the server is gone, asked or not. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

const startLimitMs = 30_000;

/** The server is a library that keeps whoever calls it until it ends, so it has a process of its own. */
const serve = `require(process.argv[1]).cli(['chroma', ...process.argv.slice(2)])`;

/** Starts Chroma on a loopback port, after ending one that was left running on the same data. */
export async function startChroma({ dir, port, onLine = () => undefined }: ChromaOptions): Promise<RunningChroma> {
  const program = findChroma();
  if (program === null) throw new Error(`there is no Chroma for ${process.platform}-${process.arch} with this C library`);
  const place = resolve(dir);
  await mkdir(place, { recursive: true, mode: 0o700 });
  await stopStale(place);
  await forgetOtherVersions(place, program);
  try {
    return await run(place, port, program, onLine);
  } catch (error) {
    // Whatever lies in it can be made again, so data on which it does not start are worth nothing.
    onLine(`Chroma is started on new data: ${error instanceof Error ? error.message : error}`);
    await rm(join(place, program.version), { recursive: true, force: true });
    return run(place, port, program, onLine);
  }
}

async function run(place: string, port: number, { path, version }: ChromaProgram, onLine: (line: string) => void): Promise<RunningChroma> {
  const args = ['--eval', serve, path, 'run', '--path', join(place, version), '--host', '127.0.0.1', '--port', String(port)];
  const server = spawn(process.execPath, args, { cwd: place, stdio: ['ignore', 'ignore', 'pipe'] });
  const { lastLines, exited } = watchServer(server, onLine);
  const url = `http://127.0.0.1:${port}`;
  try {
    await writeFile(join(place, 'pid'), String(server.pid));
    await untilReady(url, exited);
  } catch (error) {
    await end(server.pid);
    throw new Error(`${error instanceof Error ? error.message : error}${lastLines.map((line) => `\n${line}`).join('')}`);
  }
  return {
    url,
    version,
    pid: server.pid ?? 0,
    exited,
    async stop() {
      await end(server.pid);
      await exited;
      await rm(join(place, 'pid'), { force: true });
    },
  };
}

async function untilReady(url: string, exited: Promise<void>): Promise<void> {
  let isGone = false;
  void exited.then(() => (isGone = true));
  for (const endMs = Date.now() + startLimitMs; Date.now() < endMs && !isGone; await sleep(50)) {
    const answer = await fetch(`${url}/api/v2/heartbeat`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error(isGone ? 'it ended at once' : `it did not answer within ${startLimitMs / 1_000} s`);
}

/** What was killed together with whoever started it may have left a server running. Its number may be somebody else's by now. */
async function stopStale(place: string): Promise<void> {
  const pid = Number(await readFile(join(place, 'pid'), 'utf8').catch(() => '0'));
  if (commandLineOf(pid)?.includes(`--path ${place}/`) === true) await end(pid);
  await rm(join(place, 'pid'), { force: true });
}

/** They would never be read again: an older Earshot that comes back makes its own anew. */
async function forgetOtherVersions(place: string, { version }: ChromaProgram): Promise<void> {
  for (const name of await readdir(place)) if (name !== version) await rm(join(place, name), { recursive: true, force: true });
}

/** Whatever was answered is in its log on the disk, so it may end at any moment. */
async function end(pid: ChildProcess['pid']): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (pid === undefined || !send(pid, signal)) return;
    for (const endMs = Date.now() + 3_000; Date.now() < endMs; await sleep(20)) if (!send(pid, 0)) return;
  }
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
