import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLineOf } from './command-line.js';

/** What PostgreSQL tells about itself in `postmaster.pid`: its process, and whether it takes connections. */
export async function readPostmaster(dir: string): Promise<{ pid: number; isReady: boolean } | null> {
  const text = await readFile(join(dir, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n');
  return { pid: Number(lines[0]), isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Ends a PostgreSQL that still runs on this folder because whoever started it was killed, and removes the lock file that
 * a killed PostgreSQL leaves. Returns the process it ended.
 */
export async function stopStalePostgres(dir: string): Promise<number | null> {
  const postmaster = await readPostmaster(dir);
  if (postmaster === null) return null;
  const { pid } = postmaster;
  const isRunning = isPostgresOn(pid, dir);
  if (isRunning) await endPostgres(pid);
  await rm(join(dir, 'postmaster.pid'), { force: true });
  return isRunning ? pid : null;
}

/** Fast (SIGINT: open transactions are rolled back), then immediate (SIGQUIT: recovery at the next start), then by force. */
export async function endPostgres(pid: number): Promise<void> {
  for (const [signal, limitSeconds] of [
    ['SIGINT', 10],
    ['SIGQUIT', 3],
    ['SIGKILL', 1],
  ] as const) {
    if (!send(pid, signal)) return;
    for (const endMs = Date.now() + limitSeconds * 1000; Date.now() < endMs; await sleep(20)) if (!send(pid, 0)) return;
  }
}

/** The number may meanwhile belong to any other process: only a PostgreSQL on this very folder counts. */
function isPostgresOn(pid: number, dir: string): boolean {
  const commandLine = pid > 1 ? commandLineOf(pid) : null;
  return commandLine?.includes('postgres') === true && commandLine.includes(dir);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
