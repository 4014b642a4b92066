import { availableParallelism } from 'node:os';
import { sharedPostgresVariable, startOwnPostgres } from '@earshot/database/testing';
import { aloneAgain } from './alone-again.js';
import { runJest } from './jest-run.js';
import type { Outcome } from './outcome.js';

/** Specs wait for servers and leases as much as they compute: by default Jest would leave one of two processors idle. */
const workers = availableParallelism() + 1;

/** All specs; `unit` leaves out `*.system.spec.ts`, which start whole services and databases and take their time. */
export async function jest(scope: 'unit' | 'whole'): Promise<Outcome> {
  const postgres = await startOwnPostgres();
  try {
    const options = { env: { [sharedPostgresVariable]: postgres.url } };
    const ignored = scope === 'unit' ? ['--testPathIgnorePatterns', String.raw`\.system\.spec\.ts$`, '/node_modules/'] : [];
    return await aloneAgain(await runJest([`--maxWorkers=${workers}`, ...ignored], options), options);
  } finally {
    await postgres.stop();
  }
}
