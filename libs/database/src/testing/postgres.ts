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
  /** A new database with every migration applied. */
  createDatabase(): Promise<string>;
  /** Takes back what was written into it: a thousandth of what a new one costs. What its tables and triggers are stays. */
  emptyDatabase(url: string): Promise<void>;
  stop(): Promise<void>;
}

export interface OwnPostgres extends TestPostgres {
  pid: number;
}

interface OwnPostgresOptions {
  /** Keeps fsync on; off by default. */
  durable?: boolean;
  /** Further environment of the server. */
  env?: NodeJS.ProcessEnv;
}

/** Names a server that whole runs of specs share: a start costs two seconds of processor time, a database a tenth of one. */
export const sharedPostgresVariable = 'EARSHOT_TEST_POSTGRES';

/** For specs: the shared server where there is one, else one of their own. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const shared = process.env[sharedPostgresVariable];
  return shared === undefined ? startOwnPostgres() : serverAt(shared);
}

/** A PostgreSQL server of its own in a temporary folder. */
export async function startOwnPostgres({ durable = false, env }: OwnPostgresOptions = {}): Promise<OwnPostgres> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-postgres-'));
  const settings = { max_connections: '200', fsync: durable ? 'on' : 'off' };
  const own = await startPostgres({ dir, port: await freePort(), password: randomUUID(), settings, env });
  return {
    ...serverAt(own.url),
    pid: own.pid,
    async stop() {
      await own.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Databases on a server, copied from one that was migrated once; `stop` removes them. */
function serverAt(url: string): TestPostgres {
  const names: string[] = [];
  return {
    url,
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await onServer(url, async (client) => {
        await makeTemplate(client, url);
        await client.query(`create database ${name} template ${template}`);
      });
      names.push(name);
      return urlOf(url, name);
    },
    emptyDatabase: (database) => onServer(database, (client) => client.query(emptied)),
    async stop() {
      await onServer(url, async (client) => {
        for (const name of names.splice(0)) await client.query(`drop database ${name} with (force)`);
      });
    },
  };
}

const template = 'earshot_template';

/** Made by whoever comes first; the others wait. */
async function makeTemplate(client: pg.Client, url: string): Promise<void> {
  await client.query('select pg_advisory_lock(1)');
  const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
  if (rowCount === 0) {
    await client.query(`create database ${template}`);
    await migrate(urlOf(url, template)).catch(async (error: unknown) => {
      await client.query(`drop database ${template}`);
      throw error;
    });
  }
  await client.query('select pg_advisory_unlock(1)');
}

async function onServer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await work(client).finally(() => client.end());
}

/** Every row goes, unseen by triggers and keys, and every sequence begins anew; whoever is still connected is not any more. */
const emptied = `
  do $$ declare name text; begin
    perform pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();
    set local session_replication_role = replica;
    for name in select quote_ident(tablename) from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations' loop
      execute 'delete from ' || name;
    end loop;
    perform setval(format('%I', sequencename)::regclass, start_value, false) from pg_sequences where schemaname = 'public';
  end $$`;

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
