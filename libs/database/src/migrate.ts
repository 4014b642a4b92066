// Applies prisma/migrations without Prisma's engine, and keeps Prisma's own table, so that `prisma migrate status` agrees.
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** Held while migrating: several at once wait for each other. */
const advisoryLock = 7_270_814_233;

const migrationsDir = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

export interface MigrationReport {
  applied: string[];
  /** Those that wait; only with `check`. */
  pending: string[];
}

/** Brings the database up to date. With `check` nothing is changed, and what waits is told. */
export async function migrate(databaseUrl: string, { check = false, dir = migrationsDir } = {}): Promise<MigrationReport> {
  const migrations = await readMigrations(dir);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'earshot-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLock]);
    const done = await finishedMigrations(client);
    for (const { name, checksum } of migrations) {
      const known = done.get(name);
      if (known !== undefined && known !== checksum) throw new Error(`Migration ${name} was changed after it had been applied`);
    }
    const pending = migrations.filter(({ name }) => !done.has(name));
    if (check) return { applied: [], pending: pending.map(({ name }) => name) };
    for (const migration of pending) await apply(client, migration);
    return { applied: pending.map(({ name }) => name), pending: [] };
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

async function finishedMigrations(client: pg.Client): Promise<Map<string, string>> {
  await client.query(`create table if not exists _prisma_migrations (
    id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
    logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`);
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

/** One transaction: the migration and its row. */
async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query(
      'insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) values ($1, $2, now(), $3, 1)',
      [randomUUID(), checksum, name],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed, nothing of it was applied`, { cause });
  }
}
