import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startPostgres } from '@earshot/embedded';
import pg from 'pg';
import { migrate } from '../migrate.js';

export { guardTransitions } from './guard-transitions.js';

export interface TestPostgres {
  /** Of the server's own database, without Earshot's tables. */
  url: string;
  pid: number;
  /** A new database with every migration applied. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

interface TestPostgresOptions {
  /** Keeps fsync on; off by default. */
  durable?: boolean;
  /** Further environment of the server. */
  env?: NodeJS.ProcessEnv;
}

/** A PostgreSQL server of its own in a temporary folder, for tests and benches. */
export async function startTestPostgres({ durable = false, env }: TestPostgresOptions = {}): Promise<TestPostgres> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-postgres-'));
  const settings = { max_connections: '200', fsync: durable ? 'on' : 'off' };
  const { url, pid, stop } = await startPostgres({ dir, port: await freePort(), password: randomUUID(), settings, env });
  return {
    url,
    pid,
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`create database ${name}`).finally(() => client.end());
      const ofDatabase = new URL(url);
      ofDatabase.pathname = `/${name}`;
      await migrate(ofDatabase.href);
      return ofDatabase.href;
    },
    async stop() {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
