import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Of four processes at once, each about two thirds of a second of a processor. */
const processes = 4;
const computation = `require('node:crypto').pbkdf2Sync('pace', 'salt', 2_400_000, 64, 'sha512')`;
/** How long that takes two idle processors. */
const idleMs = 1_500;
const slowest = 4;

/**
 * How many times longer than two idle processors this machine needs for the same, 1 to 4. It is asked of nothing of ours: what makes the
 * services slower gives them no more time.
 */
export async function paceOfMachine(): Promise<number> {
  const startMs = performance.now();
  await Promise.all(Array.from({ length: processes }, () => once(spawn(process.execPath, ['-e', computation]), 'close')));
  return Math.min(slowest, Math.max(1, (performance.now() - startMs) / idleMs));
}
