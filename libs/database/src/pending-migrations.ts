import { readdir } from 'node:fs/promises';
import type { Database } from './database.js';
import { migrationsDir } from './migrate.js';

/** The migrations of this version that the database lacks, in order. Only looks, and waits for nobody who migrates just now. */
export async function pendingMigrations(database: Database): Promise<string[]> {
  const folders = await readdir(migrationsDir, { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const [table] = await database.run<{ exists: boolean }>({ name: 'has-migrations', text: hasTable }, []);
  if (!table?.exists) return names.sort();
  const done = await database.run<{ name: string }>({ name: 'done-migrations', text: doneMigrations }, []);
  const finished = new Set(done.map(({ name }) => name));
  return names.filter((name) => !finished.has(name)).sort();
}

const hasTable = `select to_regclass('_prisma_migrations') is not null as exists`;

const doneMigrations = `select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null`;
