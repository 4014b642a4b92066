import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Database } from '@earshot/database';
import type { Stack } from '../stack/stack.js';
import type { Evidence } from '../verdict/evidence.js';
import type { Verdict } from '../verdict/judge.js';
import { worldOf } from './world.js';

/**
 * Writes down, while everything still runs, what a run left that is not ok: `tables/`, one JSON row a line; `stuck.json`, why nothing
 * moves what is unfinished; `history.json` and `read.json`, what callers were told; `library.json`, what the library and its indexes have,
 * and what is found there; `activity.json`, what PostgreSQL is doing; `vitals/`, what each service says of itself. They lie beside `logs/`,
 * `drill.jsonl` and `postgres/`, the data themselves, in the folder of the stack, which is kept.
 */
export async function keepEvidence(stack: Stack, database: Database, found: { evidence: Evidence; verdict: Verdict }): Promise<void> {
  stack.keepFolder();
  const write = (file: string, value: unknown) => writeFile(join(stack.folder, file), `${JSON.stringify(value, null, 2)}\n`);
  const { history, stuck, read, library, finds } = found.evidence;
  await write('verdict.json', found.verdict);
  await write('stuck.json', stuck);
  await write('history.json', { ...history, endedJobs: Object.fromEntries(history.endedJobs), samples: [...history.samples.values()] });
  await write('read.json', read);
  await write('library.json', { ...library, finds });
  await write('rings.json', Object.fromEntries((await worldOf(stack)).rungTasks ?? []));
  await write('activity.json', await database.run({ name: 'activity', text: activityStatement }, []));
  await keepTables(database, join(stack.folder, 'tables'));
  await keepVitals(stack, join(stack.folder, 'vitals'));
}

async function keepTables(database: Database, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const tables = await database.run<{ name: string }>({ name: 'tables', text: tablesStatement }, []);
  for (const { name } of tables) {
    const file = createWriteStream(join(folder, `${name}.jsonl`));
    const rows = await database.run<{ row: string }>({ name: '', text: `select to_jsonb(t)::text as row from "${name}" t` }, []);
    for (const { row } of rows) file.write(`${row}\n`);
    file.end();
    await finished(file);
  }
}

async function keepVitals({ services }: Stack, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    services.flatMap(({ options: { name, url } }) =>
      ['readyz', 'livez', 'metrics'].map(async (path) => {
        const text = await fetch(`${url}/${path}`, { signal: AbortSignal.timeout(3_000) })
          .then((answer) => answer.text())
          .catch((error: unknown) => String(error));
        await writeFile(join(folder, `${name} ${path}.txt`), text);
      }),
    ),
  );
}

const tablesStatement = `select tablename as name from pg_tables where schemaname = 'public' order by 1`;

const activityStatement = `
select pid, application_name, state, wait_event_type, wait_event, now() - xact_start as transaction_for, pg_blocking_pids(pid) as blocked_by, left(query, 300) as query
from pg_stat_activity where backend_type = 'client backend' order by pid`;
