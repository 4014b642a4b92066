import pg from 'pg';
import { migrate } from './migrate.js';
import { startTestPostgres, type TestPostgres } from './testing/postgres.js';

let postgres: TestPostgres;
let ownerUrl: string;
let servicesUrl: string;

beforeAll(async () => {
  postgres = await startTestPostgres();
  ownerUrl = await postgres.createDatabase();
  servicesUrl = as('services_of_a_spec', "it's a secret");
  await migrate(ownerUrl, { servicesUrl });
}, 120_000);

afterAll(async () => {
  await query(ownerUrl, 'drop owned by services_of_a_spec; drop role services_of_a_spec');
  await postgres.stop();
});

describe('the role of services', () => {
  it('reads and writes rows', async () => {
    await query(servicesUrl, "insert into chore (name, due_at) values ('of a spec', now())");
    expect(await query(servicesUrl, "delete from chore where name = 'of a spec' returning name")).toEqual([{ name: 'of a spec' }]);
  });

  it('sees which migrations there were', async () => {
    const { pending, unknown } = await migrate(servicesUrl, { check: true });
    expect([pending, unknown]).toEqual([[], []]);
  });

  it.each([
    ['makes no tables', 'create table mine (id int)'],
    ['changes none', 'alter table chore add mine int'],
    ['empties none', 'truncate chore'],
    ['notes no migrations', 'delete from _prisma_migrations'],
    ['makes no roles', 'create role mine'],
    ['makes no databases', 'create database mine'],
    ['runs no programs', "copy chore from program 'true'"],
    ['reads no files of the server', "select pg_read_file('/etc/passwd')"],
    ['sees no passwords', 'select rolpassword from pg_authid'],
  ])('%s', async (_, sql) => {
    await expect(query(servicesUrl, sql)).rejects.toMatchObject({ code: '42501' }); // insufficient_privilege
  });

  it('is admitted again by each migration, with the password of then', async () => {
    const changed = as('services_of_a_spec', 'another');
    await migrate(ownerUrl, { servicesUrl: changed });
    await expect(query(changed, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
    await expect(query(servicesUrl, 'select 1 as one')).rejects.toMatchObject({ code: '28P01' }); // invalid_password
  });

  it('is not the owner of the tables', async () => {
    await expect(migrate(ownerUrl, { servicesUrl: ownerUrl })).rejects.toThrow('a role of their own');
  });
});

function as(name: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = name;
  url.password = encodeURIComponent(password);
  return url.href;
}

async function query(url: string, sql: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
