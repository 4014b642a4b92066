// Tables as they are after weeks of use, written by the server itself: rows that no service ever saw, and that read like those it writes.
import pg from 'pg';

export interface Filling {
  jobs: number;
  items: number;
  /** Told what has been written. */
  onStep?: (step: string) => void;
}

/** What the routes are asked for. */
export interface Filled {
  /** All its items succeeded. */
  largeEnded: string;
  /** The second half of its items is pending. */
  largeOpen: string;
  /** The newest jobs, which wait. */
  queued: string[];
}

const workspaceName = 'default';
/** Jobs lie this many days back; the oldest are for the retention to remove. */
const days = 40;
const itemsPerTask = 32;
/** Of all tasks. */
export const taskName = 'clips.describe';
const jobsPerStatement = 50_000;
/** Of all jobs, those that wait. */
const queuedShare = 0.02;
const clips = 100_000;

export async function fill(databaseUrl: string, { jobs, items, onStep = () => undefined }: Filling): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const step = async (name: string, text: string, values: unknown[] = []) => {
    const { rows } = await client.query<{ id: string }>(text, values);
    onStep(name);
    return rows[0]?.id ?? '';
  };
  try {
    await client.query('set synchronous_commit = off');
    await client.query('create table filling (n int, id uuid, state text, total int, kind text)');
    const workspaceId = await step('workspace', workspaceStatement, [workspaceName]);
    await step('clips', clipsStatement, [workspaceId, clips]);
    const large = Math.floor(items / 10);
    const perJob = Math.max(1, Math.round((items - 2 * large) / jobs));
    await largeJob(step, { workspaceId, items: large, done: large });
    await largeJob(step, { workspaceId, items: large, done: Math.floor(large / 2) });
    for (let from = 1; from <= jobs; from += jobsPerStatement) {
      const to = Math.min(jobs, from + jobsPerStatement - 1);
      const firstQueued = Math.ceil(jobs * (1 - queuedShare));
      await step(`${to} jobs`, jobsStatement, [workspaceId, from, to, jobs, days, firstQueued, perJob]);
      await step('their items', itemsStatement, [workspaceId, from, to, clips]);
    }
    await client.query('drop table filling');
    await step('statistics', 'vacuum analyze');
  } finally {
    await client.end();
  }
}

/** Clips alone, as many as that; their ids are those of `clipIdOf`. */
export async function fillClips(databaseUrl: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(workspaceStatement, [workspaceName]);
    await client.query(clipsStatement, [rows[0]?.id, count]);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** What a database was filled with. */
export async function getFilled(databaseUrl: string): Promise<Filled> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const ids = async (text: string) => (await client.query<{ id: string }>(text)).rows.map(({ id }) => id);
    const largest = 'total = (select max(total) from job) order by id limit 1';
    const [largeEnded] = await ids(`select id from job where finished_at is not null and ${largest}`);
    const [largeOpen] = await ids(`select id from job where finished_at is null and started_at is not null and ${largest}`);
    const queued = await ids(`select id from job where state = 'queued' order by id desc limit 1000`);
    if (largeEnded === undefined || largeOpen === undefined || queued.length === 0) throw new Error('The database was not filled');
    return { largeEnded, largeOpen, queued };
  } finally {
    await client.end();
  }
}

async function largeJob(
  step: (name: string, text: string, values: unknown[]) => Promise<string>,
  { workspaceId, items, done }: { workspaceId: string; items: number; done: number },
): Promise<void> {
  const id = await step('large job', largeJobStatement, [workspaceId, items, done]);
  await step('its items', largeItemsStatement, [workspaceId, id, items, done, clips]);
  await step('its tasks', largeTasksStatement, [workspaceId, id, items, done, itemsPerTask]);
}

const result = `'{"durationSeconds": 1, "sampleRate": 22050, "channels": 1, "peakDb": -12.04, "rmsDb": -18.2}'::json`;
const answer = `'{"label": "dog", "confidence": 0.9, "isUnknown": false, "threshold": 0.5, "scores": [{"label": "dog", "score": 0.9}]}'::json`;
const model = `'{"modelVersionId": "00000000-0000-7000-8000-000000000001", "classifier": "sounds", "version": 1, "alias": "production"}'::jsonb`;
/** Ids that tell their number, of a form that is valid. */
const clipOf = (number: string, count: string) => `('00000000-0000-7000-8000-' || lpad(to_hex(${number} % ${count}), 12, '0'))::uuid`;

/** Of a clip, by its number from 0. */
export const clipIdOf = (number: number) => `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

const workspaceStatement = `
insert into workspace (id, name) values (gen_random_uuid(), $1) on conflict (name) do update set name = excluded.name returning id`;

const clipsStatement = `
with hashes as (select n, encode(sha256(n::text::bytea), 'hex') as sha256 from generate_series(1, $2::int) n),
blobs as (insert into blob (workspace_id, sha256, size_bytes, "references") select $1, sha256, 44144, 1 from hashes)
insert into clip (id, workspace_id, sha256, filename, size_bytes, created_at)
select ${clipOf('(n - 1)', '$2::int')}, $1, sha256, n || '.wav', 44144, now() from hashes`;

// Ids carry the time, as those of the services do. The list of jobs of one statement is kept for that of their items.
const jobsStatement = `
with jobs as materialized (
  select n, uuidv7(-at) as id, now() - at as created_at, n >= $6::int as waits, $7::int as total,
    case when n >= $6::int then 'queued' when n % 100 < 2 then 'failed' when n % 100 = 2 then 'cancelled' else 'succeeded' end as state,
    (array['features', 'predict', 'describe'])[n % 3 + 1] as kind
  from generate_series($2::int, $3::int) n cross join lateral (select ($4::int - n) * $5::int * interval '1 day' / $4::int as at) a),
kept as (insert into filling select n, id, state, total, kind from jobs),
new_jobs as (
  insert into job (id, workspace_id, kind, state, priority, input, metadata, total, succeeded, failed, error, events, created_at, started_at, finished_at)
  select id, $1, kind, state, 5, case kind when 'predict' then ${model} else '{}' end, '{}', total, case state when 'succeeded' then total else 0 end, case state when 'failed' then total else 0 end,
    case state when 'failed' then '{"code": "ALL_ITEMS_FAILED", "detail": "all failed"}'::jsonb end, case when waits then 0 else 2 end,
    created_at, case when not waits then created_at end, case when not waits then created_at + interval '5 s' end
  from jobs),
new_stages as (
  insert into stage (job_id, index, workspace_id, name, task, queue, items_per_task, tasks, remaining, opened, opened_at, closed_at)
  select id, 0, $1, 'all', '${taskName}', 'extract', 32, 1, case when waits then 1 else 0 end, 1, created_at, case when not waits then created_at end from jobs),
new_tasks as (
  insert into task (workspace_id, job_id, stage_index, name, queue, priority, state, from_index, to_index, attempt, created_at, finished_at)
  select $1, id, 0, '${taskName}', 'extract', 5, case when waits then 'queued' when state = 'cancelled' then state else 'succeeded' end, 0, total,
    case when waits then 0 else 1 end, created_at, case when not waits then created_at end from jobs order by n)
insert into event (job_id, number, workspace_id, type, data, created_at)
select id, e.number, $1, e.type, '{"stage": null, "total": 8, "failed": 0, "succeeded": 8}', created_at
from jobs cross join (values (1, 'job.started'), (2, 'job.finished')) e(number, type) where not waits`;

const itemsStatement = `
insert into item (job_id, index, workspace_id, custom_id, clip_id, state, result, error)
select j.id, i, $1, 'item ' || i, ${clipOf('(j.n * 7 + i)', '$4::int')},
  case j.state when 'succeeded' then j.state when 'failed' then j.state else 'pending' end,
  case when j.state = 'succeeded' then case j.kind when 'predict' then ${answer} else ${result} end end, case j.state when 'failed' then '{"code": "AUDIO_UNREADABLE", "detail": "no audio"}'::jsonb end
from filling j cross join lateral generate_series(0, j.total - 1) i where j.n between $2::int and $3::int`;

const largeJobStatement = `
with new_job as (
  insert into job (id, workspace_id, kind, state, priority, input, metadata, total, succeeded, events, created_at, started_at, finished_at)
  select uuidv7(), $1, 'describe', case when $2::int = $3::int then 'succeeded' else 'running' end, 9, '{}', '{}', $2::int, $3::int, 1, now(), now(),
    case when $2::int = $3::int then now() end returning id)
insert into event (job_id, number, workspace_id, type, data) select id, 1, $1, 'job.started', '{}' from new_job returning job_id as id`;

const largeItemsStatement = `
insert into item (job_id, index, workspace_id, custom_id, clip_id, state, result)
select $2::uuid, i, $1, 'item ' || i, ${clipOf('i', '$5::int')}, case when i < $4::int then 'succeeded' else 'pending' end, case when i < $4::int then ${result} end
from generate_series(0, $3::int - 1) i`;

const largeTasksStatement = `
with new_stage as (
  insert into stage (job_id, index, workspace_id, name, task, queue, items_per_task, tasks, remaining, opened, opened_at)
  select $2::uuid, 0, $1, 'all', '${taskName}', 'extract', $5::int, ceil($3::numeric / $5::int), ceil(($3::int - $4::int)::numeric / $5::int), 1, now())
insert into task (workspace_id, job_id, stage_index, name, queue, priority, state, from_index, to_index)
select $1, $2::uuid, 0, '${taskName}', 'extract', 9, case when f < $4::int then 'succeeded' else 'queued' end, f, least(f + $5::int, $3::int)
from generate_series(0, $3::int - 1, $5::int) f`;
