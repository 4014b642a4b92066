import type { Part } from '../run.js';

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
    }
  },
};
