import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from '../run.js';

/** Between two absences: long enough for services to come back, however slow the machine is. */
const peaceMs = 8_000;

/** SIGKILL to PostgreSQL, which stays away for a moment, for some seconds again and again, and once for longer than any lease. */
export const crashPostgres: Part = {
  name: 'crash-postgres',
  isFault: true,
  atLeast: ({ postgresAway }) => ({ postgresKilled: postgresAway.length }),
  async run(run) {
    for (const { atShare, awayMs } of run.sizes.postgresAway) {
      await run.until(atShare);
      run.count('postgresKilled');
      run.tell('postgres killed', `away for ${awayMs} ms`);
      await run.stack.postgres.crash(awayMs);
      run.tell('postgres is back');
      await sleep(peaceMs);
    }
  },
};
