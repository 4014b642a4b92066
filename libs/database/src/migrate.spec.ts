import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { startTestPostgres, type TestPostgres } from './testing/postgres.js';

describe('migrating', () => {
  let postgres: TestPostgres;
  let dir: string;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'earshot-migrations-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  async function migration(name: string, sql: string): Promise<void> {
    await mkdir(join(dir, name), { recursive: true });
    await writeFile(join(dir, name, 'migration.sql'), sql);
  }

  async function emptyDatabase(): Promise<string> {
    const url = new URL(await postgres.createDatabase());
    const database = new Database({ url: url.href, applicationName: 'migrate-spec' });
    await database.run({ name: '', text: 'drop schema public cascade' }, []);
    await database.run({ name: '', text: 'create schema public' }, []);
    await database.close();
    return url.href;
  }

  it('applies what is new, in the order of the names, once', async () => {
    const url = await emptyDatabase();
    await migration('2_second', 'alter table note add column text text');
    await migration('1_first', 'create table note (id int)');
    expect(await migrate(url, { dir, check: true })).toEqual({ applied: [], pending: ['1_first', '2_second'] });
    expect(await migrate(url, { dir })).toEqual({ applied: ['1_first', '2_second'], pending: [] });
    expect(await migrate(url, { dir })).toEqual({ applied: [], pending: [] });
  });

  it('is harmless when several do it at once', async () => {
    const url = await emptyDatabase();
    await migration('1_first', 'create table note (id int); select pg_sleep(0.1)');
    const reports = await Promise.all(Array.from({ length: 5 }, () => migrate(url, { dir })));
    expect(reports.flatMap(({ applied }) => applied)).toEqual(['1_first']);
  });

  it('applies nothing of a migration that fails, and goes on from there', async () => {
    const url = await emptyDatabase();
    await migration('1_bad', 'create table note (id int); select 1 / 0');
    await expect(migrate(url, { dir })).rejects.toThrow('Migration 1_bad failed');
    await migration('1_bad', 'create table note (id int)');
    expect(await migrate(url, { dir })).toMatchObject({ applied: ['1_bad'] });
  });

  it('refuses a migration that was changed after it had been applied', async () => {
    const url = await emptyDatabase();
    await migration('1_first', 'create table note (id int)');
    await migrate(url, { dir });
    await migration('1_first', 'create table note (id bigint)');
    await expect(migrate(url, { dir })).rejects.toThrow('1_first was changed');
  });
});
