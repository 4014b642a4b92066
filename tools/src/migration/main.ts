// npm run migration -- NAME    writes a migration from what changed in the schema since the last commit
// npm run migration -- --check tells whether schema and migrations agree (part of `npm run check`)
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { startTestPostgres } from '@earshot/database/testing';
import { drift } from './drift.js';
import { schemaPath, sqlBetween } from './schema-engine.js';

const migrationsDir = 'prisma/migrations';
const [argument] = process.argv.slice(2);

if (argument === '--check') process.exitCode = await check();
else if (argument !== undefined && /^[a-z][a-z0-9_]*$/.test(argument)) process.exitCode = await write(argument);
else {
  console.error('Usage: npm run migration -- NAME (lower case and _), or --check');
  process.exitCode = 2;
}

async function check(): Promise<number> {
  const lines = await drift();
  if (lines.length === 0) return 0;
  console.error('prisma/schema.prisma and prisma/migrations disagree; `npm run migration -- NAME` writes what is missing:');
  for (const line of lines) console.error(line);
  return 1;
}

async function write(name: string): Promise<number> {
  const isFirst = (await readdir(migrationsDir).catch(() => [])).length === 0;
  const from = isFirst ? null : execFileSync('git', ['show', `HEAD:${schemaPath}`], { encoding: 'utf8' });
  const postgres = await startTestPostgres();
  const sql = await sqlBetween(from, await readFile(schemaPath, 'utf8'), postgres.url).finally(() => postgres.stop());
  if (sql.trim() === '' || sql.includes('This is an empty migration')) {
    console.error('The schema has not changed since the last commit.');
    return 1;
  }
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = `${migrationsDir}/${stamp}_${name}`;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/migration.sql`, sql);
  console.log(`${folder}/migration.sql`);
  return 0;
}
