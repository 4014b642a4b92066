import { setTimeout as sleep } from 'node:timers/promises';
import type { EarshotError } from '@earshot/contracts';
import { isDatabaseAway } from '@earshot/database';

interface Patience {
  signal: AbortSignal;
  onAway: (error: EarshotError) => void;
}

/** Goes on trying while Postgres is away, until the signal: the work is done, and the fence keeps a late write from counting twice. */
export async function untilAvailable<Result>(write: () => Promise<Result>, { signal, onAway }: Patience): Promise<Result> {
  for (let pauseMs = 100; ; pauseMs = Math.min(2 * pauseMs, 2_000)) {
    try {
      return await write();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      onAway(error);
      await sleep(pauseMs, undefined, { signal });
    }
  }
}
