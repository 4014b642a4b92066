import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
    expect(await migrate(url, { dir, check: true })).toEqual({ applied: [], pending: ['1_first', '2_second'], unknown: [] });
    expect(await migrate(url, { dir })).toEqual({ applied: ['1_first', '2_second'], pending: [], unknown: [] });
    expect(await migrate(url, { dir })).toEqual({ applied: [], pending: [], unknown: [] });
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

  it('tells of migrations that a newer version has made', async () => {
    const url = await emptyDatabase();
    await migration('1_first', 'create table note (id int)');
    await migration('2_second', 'alter table note add column text text');
    await migrate(url, { dir });
    await rm(join(dir, '2_second'), { recursive: true });
    expect(await migrate(url, { dir, check: true })).toEqual({ applied: [], pending: [], unknown: ['2_second'] });
  });

  it('gives way to who uses its tables, tries again, and says so when that is in vain', async () => {
    const url = await emptyDatabase();
    await migration('1_first', 'create table note (id int)');
    await migrate(url, { dir });
    await migration('2_second', 'alter table note add column text text');
    const database = new Database({ url, applicationName: 'migrate-spec' });
    const whileInUse = (work: () => Promise<void>) =>
      database.transaction(async (client) => {
        await client.query('select * from note');
        await work();
      });
    await whileInUse(async () => {
      await expect(migrate(url, { dir, lockTimeoutMs: 50, attempts: 2 })).rejects.toThrow('2_second did not get hold of its tables');
    });
    let migrating: Promise<unknown> = Promise.resolve();
    await whileInUse(async () => {
      migrating = migrate(url, { dir, lockTimeoutMs: 50 });
      await sleep(300);
      await database.run({ name: 'not-held-up', text: 'select * from note' }, []);
    });
    expect(await migrating).toMatchObject({ applied: ['2_second'] });
    await database.close();
  });

  it('applies what may not run in a transaction, also when several do it at once', async () => {
    const url = await emptyDatabase();
    await migration('1_first', 'create table note (id int)');
    await migration('2_index', concurrently('create index concurrently if not exists note_id on note (id)'));
    const reports = await Promise.all(Array.from({ length: 3 }, () => migrate(url, { dir })));
    expect(reports.flatMap(({ applied }) => applied)).toEqual(['1_first', '2_index']);
  });

  it('builds an index anew that was left half built', async () => {
    const url = await emptyDatabase();
    await migration('1_first', 'create table note (id int); insert into note values (1), (1)');
    await migration('2_index', concurrently('create unique index concurrently if not exists note_id on note (id)'));
    await expect(migrate(url, { dir })).rejects.toThrow('Migration 2_index failed; it goes on from there');
    const database = new Database({ url, applicationName: 'migrate-spec' });
    await database.run({ name: 'mend', text: 'delete from note where ctid = (select min(ctid) from note)' }, []);
    expect(await migrate(url, { dir })).toMatchObject({ applied: ['2_index'] });
    const valid = await database.run({ name: 'valid', text: `select indisvalid from pg_index where indexrelid = 'note_id'::regclass` }, []);
    expect(valid).toEqual([{ indisvalid: true }]);
    await database.close();
  });
});

const concurrently = (statement: string) => `-- outside a transaction: it must not keep writers waiting\n${statement};\n`;
