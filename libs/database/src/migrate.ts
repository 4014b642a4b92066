// Applies prisma/migrations without Prisma's engine, and keeps Prisma's own table, so that `prisma migrate status` agrees.
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { admitServices } from './services-role.js';

/** Held while migrating: several at once wait for each other. */
const advisoryLock = 7_270_814_233;

/** In the order of their names. */
export const migrationsDir = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/** The first line of a migration whose statements may not run in a transaction (`create index concurrently`). */
const outsideTransaction = '-- outside a transaction';

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

export interface MigrationReport {
  applied: string[];
  /** Those that wait; only with `check`. */
  pending: string[];
  /** Those that the database has and this version does not know: a newer version made them. */
  unknown: string[];
}

export interface MigrateOptions {
  /** Changes nothing and tells what waits. */
  check?: boolean;
  dir?: string;
  /** How long a migration waits for a table before it lets the others pass and tries again. While it waits, all who want that table wait behind it. */
  lockTimeoutMs?: number;
  /** How often it tries. */
  attempts?: number;
  /** The role, with its password, that services work as; default: they work as the owner. */
  servicesUrl?: string | undefined;
}

/** Brings the database up to date. */
export async function migrate(
  databaseUrl: string,
  { check = false, dir = migrationsDir, lockTimeoutMs = 1_000, attempts = 60, servicesUrl }: MigrateOptions = {},
): Promise<MigrationReport> {
  const migrations = await readMigrations(dir);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'earshot-migrate' });
  await client.connect();
  try {
    await takeTurn(client);
    if (!check) await makeTableOfMigrations(client);
    const done = await finishedMigrations(client);
    for (const { name, checksum } of migrations) {
      const known = done.get(name);
      if (known !== undefined && known !== checksum) throw new Error(`Migration ${name} was changed after it had been applied`);
    }
    const names = new Set(migrations.map(({ name }) => name));
    const unknown = [...done.keys()].filter((name) => !names.has(name)).sort();
    const pending = migrations.filter(({ name }) => !done.has(name));
    if (check) return { applied: [], pending: pending.map(({ name }) => name), unknown };
    for (const migration of pending) {
      if (migration.sql.startsWith(outsideTransaction)) await applyByStatement(client, migration);
      else await applyAtOnce(client, migration, { lockTimeoutMs, attempts });
    }
    if (servicesUrl !== undefined) await admitServices(client, servicesUrl);
    return { applied: pending.map(({ name }) => name), pending: [], unknown };
  } finally {
    await client.end();
  }
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const folders = (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    folders.sort().map(async (name) => {
      const sql = await readFile(`${dir}/${name}/migration.sql`, 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** Asks again and again: a statement that waits for the lock is what `create index concurrently`, in whoever holds it, would wait for. */
async function takeTurn(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [advisoryLock]);
    if (rows[0]?.taken === true) return;
    await sleep(100);
  }
}

async function makeTableOfMigrations(client: pg.Client): Promise<void> {
  await client.query(`create table if not exists _prisma_migrations (
    id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
    logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`);
}

async function finishedMigrations(client: pg.Client): Promise<Map<string, string>> {
  const { rows: tables } = await client.query("select where to_regclass('_prisma_migrations') is not null");
  if (tables.length === 0) return new Map();
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

/** One transaction: the migration and its row. It gives way to those who use the tables, and tries again. */
async function applyAtOnce(
  client: pg.Client,
  { name, sql, checksum }: Migration,
  { lockTimeoutMs, attempts }: { lockTimeoutMs: number; attempts: number },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query('begin');
      await client.query(`set local lock_timeout = ${Number(lockTimeoutMs)}`);
      await client.query(sql);
      await note(client, { name, checksum });
      await client.query('commit');
      return;
    } catch (cause) {
      await client.query('rollback');
      const isBlocked = cause instanceof pg.DatabaseError && cause.code === lockNotAvailable;
      if (!isBlocked) throw new Error(`Migration ${name} failed, nothing of it was applied`, { cause });
      if (attempt >= attempts)
        throw new Error(`Migration ${name} did not get hold of its tables in ${attempts} attempts; another transaction stays open`, {
          cause,
        });
      await sleep(lockTimeoutMs);
    }
  }
}

const lockNotAvailable = '55P03';

/**
 * Statement by statement, each ended by a semicolon at the end of a line. When one fails those before it stay, so each must be harmless
 * when it comes again (`if not exists`); an index that was left half built is dropped before.
 */
async function applyByStatement(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const { rows: halfBuilt } = await client.query<{ index: string }>(
    `select quote_ident(c.relname) as index from pg_index i join pg_class c on c.oid = i.indexrelid where not i.indisvalid and strpos($1, c.relname) > 0`,
    [sql],
  );
  try {
    for (const { index } of halfBuilt) await client.query(`drop index concurrently ${index}`);
    for (const statement of sql.split(/;\s*(?:\n|$)/)) if (statement.trim() !== '') await client.query(statement);
  } catch (cause) {
    throw new Error(`Migration ${name} failed; it goes on from there when it is applied again`, { cause });
  }
  await note(client, { name, checksum });
}

async function note(client: pg.Client, { name, checksum }: Pick<Migration, 'name' | 'checksum'>): Promise<void> {
  await client.query(
    'insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) values ($1, $2, now(), $3, 1)',
    [randomUUID(), checksum, name],
  );
}
