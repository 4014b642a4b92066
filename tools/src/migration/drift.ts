// Do the migrations make the tables that the schema describes? Both are put into scratch databases, and the catalogues compared.
import { readFile } from 'node:fs/promises';
import { startTestPostgres } from '@earshot/database/testing';
import pg from 'pg';
import { indexesOnlyInSql } from './only-in-sql.js';
import { schemaPath, sqlBetween } from './schema-engine.js';

/** Lines of the two catalogues that differ: `-` only the schema has it, `+` only the migrations do. */
export async function drift(): Promise<string[]> {
  const postgres = await startTestPostgres();
  try {
    const migrated = await postgres.createDatabase();
    const described = await scratchDatabase(postgres.url);
    const sql = await sqlBetween(null, await readFile(schemaPath, 'utf8'), described);
    await withClient(described, (client) => client.query(sql));
    const [have, want] = await Promise.all([catalogue(migrated), catalogue(described)]);
    return [
      ...want.filter((line) => !have.includes(line)).map((line) => `- ${line}`),
      ...have.filter((line) => !want.includes(line)).map((line) => `+ ${line}`),
    ];
  } finally {
    await postgres.stop();
  }
}

async function scratchDatabase(serverUrl: string): Promise<string> {
  await withClient(serverUrl, (client) => client.query('create database described'));
  const url = new URL(serverUrl);
  url.pathname = '/described';
  return url.href;
}

async function catalogue(url: string): Promise<string[]> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ line: string }>(
      `select 'column ' || table_name || '.' || column_name || ' ' || udt_name || coalesce('(' || character_maximum_length || ')', '') || coalesce('(' || datetime_precision || ')', '')
              || ' ' || is_nullable || ' ' || coalesce(column_default, '') as line
         from information_schema.columns where table_schema = 'public' and table_name <> '_prisma_migrations'
       union all
       select 'index ' || indexdef from pg_indexes where schemaname = 'public' and tablename <> '_prisma_migrations' and indexname <> all($1)
       order by 1`,
      [indexesOnlyInSql],
    ),
  );
  return rows.map(({ line }) => line);
}

async function withClient<Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
