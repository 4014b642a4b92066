import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../../../src/bench/describe/slow-fsync.c', import.meta.url));

interface SlowFsync {
  /** For the processes whose flushes are to be slow. */
  env: NodeJS.ProcessEnv;
  remove(): Promise<void>;
}

/** Makes every fsync take that much longer; null where that cannot be done: it needs a C compiler, and Linux. */
export function slowFsync(ms: number): SlowFsync | null {
  if (ms === 0) return { env: {}, remove: async () => undefined };
  if (process.platform !== 'linux') return null;
  const folder = mkdtempSync(join(tmpdir(), 'earshot-slow-fsync-'));
  chmodSync(folder, 0o755); // PostgreSQL reads it under another account
  const library = join(folder, 'slow-fsync.so');
  if (spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source]).status !== 0) return null;
  return { env: { LD_PRELOAD: library, SLOW_FSYNC_MS: String(ms) }, remove: () => rm(folder, { recursive: true, force: true }) };
}
