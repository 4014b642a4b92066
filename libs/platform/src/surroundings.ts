import { EarshotError } from '@earshot/contracts';
import { ConfigError } from './config.js';

interface Surroundings {
  /** The names of migrations that the database lacks. */
  pendingMigrations: () => Promise<string[]>;
  /** Asks the blob store for a sign of life. */
  pingBlobStore: () => Promise<void>;
}

/**
 * What a service needs to find before it starts, beyond the form of its settings; a ConfigError says what to do. A store that is away is
 * no reason: it may come back. One that refuses us will not change its mind.
 */
export async function checkSurroundings({ pendingMigrations, pingBlobStore }: Surroundings): Promise<void> {
  const pending = await pendingMigrations();
  if (pending.length > 0) {
    const found = `${pending.length} migrations wait, the first is ${pending[0]}`;
    throw new ConfigError([
      { name: 'DATABASE_URL', expected: 'a database that is up to date (run `earshot migrate` with the same DATABASE_URL)', found },
    ]);
  }
  await pingBlobStore().catch((error: unknown) => {
    if (!(error instanceof EarshotError) || error.code !== 'STORAGE_REFUSED') return;
    const expected = 'a bucket that exists, and that the key or the role of this machine may use';
    throw new ConfigError([{ name: 'S3_BUCKET', expected, found: error.detail }]);
  });
}
