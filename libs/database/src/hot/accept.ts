import type { Database, Statement } from '../database.js';
import { Grouped } from '../grouped.js';

export interface NewClip {
  id: string;
  sha256: string;
  filename: string;
  sizeBytes: number;
}

export interface NewStage {
  name: string;
  task: string;
  queue: string;
  itemsPerTask: number;
}

export interface NewItem {
  clipId: string | null;
  customId: string | null;
}

export interface NewJob {
  id: string;
  kind: string;
  input: object;
  metadata: Record<string, string>;
  /** 0 high, 5 normal, 9 low. */
  priority: number;
  stages: NewStage[];
  /** The gateway's channel on which the end is told, if somebody waits. */
  waiter: string | null;
  deadlineAt: Date | null;
  retryOf: string | null;
  /** Of the request that asks for it, for the logs of all who work on it. */
  requestId?: string | null;
}

/** The answer to a request with an idempotency key, stored with the work that it asked for. */
export interface KeyedAnswer {
  holder: string;
  method: string;
  path: string;
  key: string;
  fingerprint: string;
  status: number;
  body: string;
  jobId: string | null;
}

/** What one request brings: new clips, perhaps a job over them, perhaps under an idempotency key. All of it or nothing. */
export interface AcceptRequest {
  /** UUID that tells this request from every other. */
  requestId: string;
  workspaceId: string;
  createdAt: Date;
  clips: NewClip[];
  job: (NewJob & { items: NewItem[] }) | null;
  keyed: KeyedAnswer | null;
}

/** A task to ring for. */
export interface WaitingTask {
  id: number;
  queue: string;
  priority: number;
  /** How many items it covers; 1 for a task without items. */
  items: number;
}

/** `accepted` is false when another request holds the idempotency key: then nothing was written. */
export interface Acceptance {
  accepted: boolean;
  tasks: WaitingTask[];
}

/**
 * The commit point of small requests: clips, job, stages, tasks, items and idempotency key in one statement, shared by all
 * requests that arrive together. Whoever submits rings for the tasks; the dispatcher rings again after two seconds.
 */
export class Acceptor {
  private readonly grouped: Grouped<AcceptRequest, Acceptance>;

  constructor(private readonly database: Database) {
    this.grouped = new Grouped((requests) => this.accept(requests), { maxGroup: 64 });
  }

  submit(request: AcceptRequest): Promise<Acceptance> {
    return this.grouped.submit(request);
  }

  private async accept(requests: AcceptRequest[]): Promise<Acceptance[]> {
    const rows = await this.database.run<{ request: string; task: number | null } & Omit<WaitingTask, 'id'>>(acceptStatement, [
      JSON.stringify(asTables(requests)),
    ]);
    const answers = new Map<string, Acceptance>();
    for (const { request, task, queue, priority, items } of rows) {
      const answer = answers.get(request) ?? { accepted: true, tasks: [] };
      if (task !== null) answer.tasks.push({ id: task, queue, priority, items });
      answers.set(request, answer);
    }
    return requests.map(({ requestId }) => answers.get(requestId) ?? { accepted: false, tasks: [] });
  }
}

/** The requests as one list of rows for each table. */
function asTables(requests: AcceptRequest[]) {
  const jobs = requests.flatMap(({ requestId: request, workspaceId: workspace, createdAt, job }) =>
    job === null ? [] : [{ request, workspace, createdAt, ...job }],
  );
  return {
    requests: requests.map(({ requestId, workspaceId, keyed }) => ({
      id: requestId,
      workspace: workspaceId,
      keyed: keyed !== null,
      ...keyed,
    })),
    clips: requests.flatMap(({ requestId: request, workspaceId: workspace, createdAt, clips }) =>
      clips.map((clip) => ({ request, workspace, createdAt, ...clip })),
    ),
    jobs: jobs.map(({ items, stages: _, ...job }) => ({ ...job, total: items.length })),
    stages: jobs.flatMap(({ request, workspace, id: job, priority, stages, items }) =>
      stages.map((stage, index) => ({
        request,
        workspace,
        job,
        index,
        ...stage,
        priority,
        total: items.length,
        tasks: tasksOf(items.length, stage),
      })),
    ),
    items: jobs.flatMap(({ request, workspace, id: job, items }) =>
      items.map((item, index) => ({ request, workspace, job, index, ...item })),
    ),
  };
}

/** Stages of up to this many tasks are rung for by whoever made them; those of larger ones wait for the dispatcher, which keeps a window. */
export const rungAtOnce = 200;

/** How many tasks a stage has over `total` items: at least one, so that a job without items does its work too. */
export function tasksOf(total: number, { itemsPerTask }: Pick<NewStage, 'itemsPerTask'>): number {
  return Math.max(1, Math.ceil(total / itemsPerTask));
}

// Rows are sorted where others may hold the same ones (keys, blobs), or two groups deadlock.
const acceptStatement: Statement = {
  name: 'accept',
  text: `
with input as materialized (select $1::json as doc),
requests as materialized (
  select * from json_to_recordset((select doc->'requests' from input)) as r(id uuid, workspace uuid, keyed boolean, holder text, method text, path text,
    key text, fingerprint text, status smallint, body text, "jobId" uuid)),
keys as (
  insert into idempotency_key (workspace_id, holder, method, path, key, fingerprint, request_id, status, body, job_id)
  select workspace, holder, method, path, key, fingerprint, id, status, body, "jobId" from requests where keyed order by workspace, holder, method, path, key
  on conflict do nothing returning request_id),
admitted as materialized (select id from requests where not keyed union all select request_id from keys),
clips as materialized (
  select c.* from json_to_recordset((select doc->'clips' from input)) as c(request uuid, workspace uuid, "createdAt" timestamptz, id uuid, sha256 text, filename text, "sizeBytes" bigint)
  where c.request in (select id from admitted)),
new_blobs as (
  insert into blob (workspace_id, sha256, size_bytes, "references")
  select workspace, sha256, max("sizeBytes"), count(*) from clips group by workspace, sha256 order by workspace, sha256
  on conflict (workspace_id, sha256) do update set "references" = blob."references" + excluded."references", unreferenced_at = null),
new_clips as (
  insert into clip (id, workspace_id, sha256, filename, size_bytes, created_at) select id, workspace, sha256, filename, "sizeBytes", "createdAt" from clips),
new_jobs as (
  insert into job (id, workspace_id, kind, priority, input, metadata, total, waiter, retry_of, deadline_at, created_at, request_id)
  select id, workspace, kind, priority, input, metadata, total, waiter, "retryOf", "deadlineAt", "createdAt", "requestId"
  from json_to_recordset((select doc->'jobs' from input)) as j(request uuid, workspace uuid, id uuid, kind text, priority smallint, input jsonb, metadata jsonb,
    total int, waiter text, "retryOf" uuid, "deadlineAt" timestamptz, "createdAt" timestamptz, "requestId" text)
  where request in (select id from admitted)),
stages as materialized (
  select s.* from json_to_recordset((select doc->'stages' from input)) as s(request uuid, workspace uuid, job uuid, index smallint, name text, task text, queue text,
    "itemsPerTask" int, priority smallint, total int, tasks int)
  where s.request in (select id from admitted)),
new_stages as (
  insert into stage (job_id, index, workspace_id, name, task, queue, items_per_task, tasks, remaining, opened, opened_at)
  select job, index, workspace, name, task, queue, "itemsPerTask", tasks, tasks, (index = 0)::int, case when index = 0 then now() end from stages),
new_items as (
  insert into item (job_id, index, workspace_id, custom_id, clip_id)
  select job, index, workspace, "customId", "clipId"
  from json_to_recordset((select doc->'items' from input)) as i(request uuid, workspace uuid, job uuid, index int, "customId" text, "clipId" uuid)
  where request in (select id from admitted)),
new_tasks as (
  insert into task (workspace_id, job_id, stage_index, name, queue, priority, from_index, to_index, ring_at, rings)
  select workspace, job, 0, task, queue, priority, f, least(f + "itemsPerTask", total), now() + interval '2 s', 1
  from stages cross join lateral generate_series(0, greatest(total - 1, 0), "itemsPerTask") f where index = 0
  returning id, job_id, queue, priority, greatest(to_index - from_index, 1) as items)
select a.id as request, t.id as task, t.queue, t.priority, t.items
from admitted a left join stages s on s.request = a.id and s.index = 0 left join new_tasks t on t.job_id = s.job
order by t.id`,
};
