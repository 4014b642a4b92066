import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database.js';
import { isNotThereYet } from './database-errors.js';

interface Patience {
  /** Then what was said last is thrown; 45 s by default: Kubernetes gives a start a minute. */
  limitMs?: number;
  /** Told once, when there is something to wait for. */
  onWait: (error: unknown) => void;
}

/** Waits for a Postgres that cannot be reached or is starting: a new process costs more than waiting. A refusal is thrown at once. */
export async function untilThere(database: Database, { limitMs = 45_000, onWait }: Patience): Promise<void> {
  const lastMs = performance.now() + limitMs;
  for (let tries = 1; ; tries++) {
    try {
      return await database.ping();
    } catch (error) {
      if (!isNotThereYet(error) || performance.now() > lastMs) throw error;
      if (tries === 1) onWait(error);
      await sleep(250);
    }
  }
}
