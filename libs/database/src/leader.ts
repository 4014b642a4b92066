import type { Database } from './database.js';

/**
 * Runs `work` unless another process that knows the same lock is at it. False: another was. A leader that stands still loses its lock after
 * `limitMs` (20 s by default), so work must be shorter; should it go on, two at it must do no harm.
 */
export function asLeader(database: Database, lock: number, work: () => Promise<void>, { limitMs = 20_000 } = {}): Promise<boolean> {
  return database.transaction(async (client) => {
    const { rows } = await client.query<{ leader: boolean }>(leaderStatement, [lock, `${limitMs}ms`]);
    if (rows[0]?.leader !== true) return false;
    await work();
    return true;
  });
}

/** While the leader works, on other connections, this one is idle in its transaction. */
const leaderStatement = `
select set_config('idle_in_transaction_session_timeout', $2, true), pg_try_advisory_xact_lock($1) as leader`;
