import { setTimeout as sleep } from 'node:timers/promises';
import { EarshotError } from '@earshot/contracts';

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
      if (!(error instanceof EarshotError && error.code === 'DATABASE_UNAVAILABLE')) throw error;
      onAway(error);
      await sleep(pauseMs, undefined, { signal });
    }
  }
}
