import type { ItemState, JobState } from '@earshot/contracts';
import { EarshotError } from '@earshot/contracts';
import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import { closeJobs } from './close-jobs.js';
import type { Database, Statement } from './database.js';
import { type KeyedAnswer, type NewItem, type NewJob, rungAtOnce, tasksOf, type WaitingTask } from './hot/accept.js';
import type { Failure } from './hot/commit.js';
import { JobReader, type JobRow } from './hot/read-jobs.js';
import { insertKey } from './idempotency.repository.js';

export interface ItemRow {
  index: number;
  customId: string | null;
  clipId: string | null;
  filename: string | null;
  state: ItemState;
  result: unknown;
  error: Failure | null;
}

export interface EventRow {
  number: number;
  type: string;
  data: unknown;
  createdAt: Date;
}

export interface JobFilter {
  state?: JobState;
  kind?: string;
}

/** Items on their way into a large job, in any amount: they are written in pages and never held all together. */
export type ItemSource = Iterable<NewItem> | AsyncIterable<NewItem>;

const itemsPerPage = 5_000;

/** The jobs of one workspace; other workspaces' jobs do not exist for it. */
export class JobRepository {
  private readonly reader: JobReader;

  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
    reader: JobReader,
  ) {
    this.reader = reader;
  }

  find(id: string): Promise<JobRow | null> {
    return this.reader.find(this.workspaceId, id);
  }

  async get(id: string): Promise<JobRow> {
    const job = await this.find(id);
    if (job === null) throw new EarshotError('JOB_NOT_FOUND', `There is no job ${id}`);
    return job;
  }

  /** Newest first, those older than `before`. */
  async page({ state, kind }: JobFilter, before: string | null, limit: number): Promise<JobRow[]> {
    const ids = await this.database.prisma.job.findMany({
      where: { workspaceId: this.workspaceId, state, kind, ...(before === null ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit,
      select: { id: true },
    });
    const rows = await Promise.all(ids.map(({ id }) => this.find(id)));
    return rows.filter((row) => row !== null);
  }

  count({ state, kind }: JobFilter): Promise<number> {
    return this.database.prisma.job.count({ where: { workspaceId: this.workspaceId, state, kind } });
  }

  /** In the order of their indexes, those after `after`. */
  items(jobId: string, { state, after = -1, limit }: { state?: ItemState; after?: number; limit: number }): Promise<ItemRow[]> {
    const values = [this.workspaceId, jobId, after, limit];
    return state === undefined
      ? this.database.run<ItemRow>(itemsStatement, values)
      : this.database.run<ItemRow>(itemsOfStateStatement, [...values, state]);
  }

  events(jobId: string, after: number, limit = 500): Promise<EventRow[]> {
    return this.database.prisma.event.findMany({
      where: { workspaceId: this.workspaceId, jobId, number: { gt: after } },
      orderBy: { number: 'asc' },
      take: limit,
      select: { number: true, type: true, data: true, createdAt: true },
    });
  }

  /** True when this call ended it, false when it had ended before. */
  async cancel(id: string): Promise<boolean> {
    await this.get(id);
    const closed = await closeJobs(this.database, [id], 'cancelled', { code: 'JOB_CANCELLED', detail: 'The job was cancelled by request' });
    return closed.length === 1;
  }

  /**
   * Makes a job over clips that are stored already, of any number, in one transaction: all of it or nothing.
   * `accepted` is false when another request holds the idempotency key.
   */
  async createOverClips(
    job: NewJob,
    items: ItemSource,
    { createdAt = new Date(), keyed = null }: { createdAt?: Date; keyed?: ((total: number) => KeyedAnswer) | null } = {},
  ): Promise<{ accepted: boolean; total: number; tasks: WaitingTask[] }> {
    const keyTaken = new Error('The idempotency key is taken');
    try {
      return await this.database.transaction(async (client) => {
        const total = await this.insertItems(client, job.id, items);
        if (keyed !== null && !(await insertKey(this.database, client, this.workspaceId, keyed(total)))) throw keyTaken;
        return { accepted: true, total, tasks: await this.insertJob(client, job, total, createdAt) };
      });
    } catch (error) {
      if (error === keyTaken) return { accepted: false, total: 0, tasks: [] };
      throw error;
    }
  }

  /**
   * A new job over the failed items of an ended one, with the same plan. Null when none failed.
   * `accepted` is false when another request holds the idempotency key.
   */
  async retry(
    id: string,
    { createdAt = new Date(), keyed = null }: { createdAt?: Date; keyed?: ((job: NewJob, total: number) => KeyedAnswer) | null } = {},
  ): Promise<{ accepted: boolean; id: string; job: NewJob; total: number; tasks: WaitingTask[] } | null> {
    const old = await this.get(id);
    if (old.finishedAt === null)
      throw new EarshotError('JOB_NOT_FINISHED', `Job ${id} is ${old.state}; only what has ended can be tried again`);
    const { input } = await this.database.prisma.job.findUniqueOrThrow({ where: { id }, select: { input: true } });
    const stages = await this.database.prisma.stage.findMany({ where: { jobId: id }, orderBy: { index: 'asc' } });
    const job: NewJob = {
      id: uuid(),
      kind: old.kind,
      input: Object(input),
      metadata: old.metadata,
      priority: old.priority,
      stages: stages.map(({ name, task, queue, itemsPerTask }) => ({ name, task, queue, itemsPerTask })),
      waiter: null,
      deadlineAt: null,
      retryOf: id,
    };
    const keyTaken = new Error('The idempotency key is taken');
    try {
      return await this.database.transaction(async (client) => {
        const [copied] = await this.database.run<{ total: number }>(copyFailedStatement, [job.id, this.workspaceId, id], client);
        const total = copied?.total ?? 0;
        if (total === 0) return null;
        if (keyed !== null && !(await insertKey(this.database, client, this.workspaceId, keyed(job, total)))) throw keyTaken;
        return { accepted: true, id: job.id, job, total, tasks: await this.insertJob(client, job, total, createdAt) };
      });
    } catch (error) {
      if (error === keyTaken) return { accepted: false, id: job.id, job, total: 0, tasks: [] };
      throw error;
    }
  }

  private async insertItems(client: pg.ClientBase, jobId: string, items: ItemSource): Promise<number> {
    let total = 0;
    for await (const page of pagesOf(items)) {
      const missing = await this.database.run<{ clipId: string }>(
        insertItemsStatement,
        [jobId, this.workspaceId, total, page.map(({ clipId }) => clipId), page.map(({ customId }) => customId)],
        client,
      );
      if (missing.length > 0)
        throw new EarshotError('CLIP_NOT_FOUND', `There is no clip ${missing.map(({ clipId }) => clipId).join(', ')}`);
      total += page.length;
    }
    return total;
  }

  private insertJob(client: pg.ClientBase, job: NewJob, total: number, createdAt: Date): Promise<WaitingTask[]> {
    const stages = job.stages.map((stage, index) => ({ index, ...stage, tasks: tasksOf(total, stage) }));
    return this.database.run<WaitingTask>(
      insertJobStatement,
      [
        this.workspaceId,
        job.id,
        job.kind,
        job.priority,
        JSON.stringify(job.input),
        JSON.stringify(job.metadata),
        total,
        job.waiter,
        job.retryOf,
        job.deadlineAt,
        createdAt,
        JSON.stringify(stages),
        rungAtOnce,
      ],
      client,
    );
  }
}

async function* pagesOf(items: ItemSource): AsyncGenerator<NewItem[]> {
  let page: NewItem[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length === itemsPerPage) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

const itemColumns = `
select i.index, i.custom_id as "customId", i.clip_id as "clipId", c.filename,
  case when i.state = 'pending' and j.finished_at is not null then 'cancelled' else i.state end as state, i.result, i.error
from item i join job j on j.id = i.job_id left join clip c on c.id = i.clip_id
where i.workspace_id = $1 and i.job_id = $2 and i.index > $3`;

// Indexes have no gaps, so a page ends at a known one. Without that end a large job that Postgres has no statistics of yet is read and
// sorted to its last item for each page (200,000 items: 230 ms a page; with it 3 ms).
const itemsStatement: Statement = {
  name: 'items',
  text: `${itemColumns} and i.index <= $3::int + $4::int order by i.index`,
};

const itemsOfStateStatement: Statement = {
  name: 'items-of-state',
  text: `${itemColumns} and $5 = case when i.state = 'pending' and j.finished_at is not null then 'cancelled' else i.state end
order by i.index limit $4`,
};

// Answers clips that are missing; then the transaction is given up.
const insertItemsStatement: Statement = {
  name: 'insert-items',
  text: `
with input as materialized (select clip_id, custom_id, n from unnest($4::uuid[], $5::text[]) with ordinality as i(clip_id, custom_id, n)),
found as materialized (select id from clip where id in (select clip_id from input) and workspace_id = $2 and deleted_at is null),
inserted as (
  insert into item (job_id, index, workspace_id, custom_id, clip_id) select $1, $3 + n - 1, $2, custom_id, clip_id from input)
select distinct clip_id as "clipId" from input where clip_id is not null and clip_id not in (select id from found) limit 10`,
};

const copyFailedStatement: Statement = {
  name: 'copy-failed',
  text: `
with copied as (
  insert into item (job_id, index, workspace_id, custom_id, clip_id)
  select $1, row_number() over (order by index) - 1, $2, custom_id, clip_id from item where job_id = $3 and workspace_id = $2 and state = 'failed'
  returning 1)
select count(*)::int as total from copied`,
};

const insertJobStatement: Statement = {
  name: 'insert-job',
  text: `
with stages as materialized (
  select * from json_to_recordset($12::json) as s(index smallint, name text, task text, queue text, "itemsPerTask" int, tasks int)),
new_job as (
  insert into job (workspace_id, id, kind, priority, input, metadata, total, waiter, retry_of, deadline_at, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)),
new_stages as (
  insert into stage (job_id, index, workspace_id, name, task, queue, items_per_task, tasks, remaining, opened, opened_at)
  select $2, index, $1, name, task, queue, "itemsPerTask", tasks, tasks, (index = 0)::int, case when index = 0 then now() end from stages),
new_tasks as (
  insert into task (workspace_id, job_id, stage_index, name, queue, priority, from_index, to_index, ring_at, rings)
  select $1, $2, 0, task, queue, $4, f, least(f + "itemsPerTask", $7), now() + case when tasks <= $13 then interval '2 s' else interval '0 s' end, (tasks <= $13)::int
  from stages cross join lateral generate_series(0, greatest($7 - 1, 0), "itemsPerTask") f where index = 0
  returning id, queue, priority, greatest(to_index - from_index, 1) as items, rings)
select id, queue, priority, items from new_tasks where rings = 1`,
};
