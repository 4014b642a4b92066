import { EarshotError } from '@earshot/contracts';
import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import type { Database } from './database.js';
import { type KeyedAnswer, type NewItem, type NewJob, rungAtOnce, tasksOf, type WaitingTask } from './hot/accept.js';
import type { JobRow } from './hot/read-jobs.js';
import { insertKey } from './idempotency.repository.js';
import { sql } from './sql.js';

/** Items on their way into a large job, in any amount: they are written in pages and never held all together. */
export type ItemSource = Iterable<NewItem> | AsyncIterable<NewItem>;

const itemsPerPage = 5_000;

/** `keyed` makes the answer that is stored under the idempotency key, once it is known what is in the job. */
export interface CreateOptions {
  createdAt?: Date;
  keyed?: ((total: number) => KeyedAnswer) | null;
}

export interface RetryOptions {
  /** Of the new job; a new one by default. */
  id?: string;
  createdAt?: Date;
  /** The gateway's channel on which the end is told, if somebody waits. */
  waiter?: string | null;
  keyed?: ((job: NewJob, total: number) => KeyedAnswer) | null;
  /** Of the request that asks for it. */
  requestId?: string | null;
}

export interface CreatedJob {
  /** False when another request holds the idempotency key: then nothing was written. */
  accepted: boolean;
  total: number;
  /** To ring for. */
  tasks: WaitingTask[];
}

/** Makes jobs over what is stored already, each in one transaction: all of it or nothing. Small requests with new clips go to the Acceptor. */
export class JobCreation {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  /**
   * A job over clips that are stored already, of any number.
   */
  async overClips(job: NewJob, items: ItemSource, { createdAt = new Date(), keyed = null }: CreateOptions = {}): Promise<CreatedJob> {
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
   */
  async retry(
    old: JobRow,
    { id = uuid(), createdAt = new Date(), waiter = null, keyed = null, requestId = null }: RetryOptions = {},
  ): Promise<(CreatedJob & { id: string; job: NewJob }) | null> {
    if (old.finishedAt === null)
      throw new EarshotError('JOB_NOT_FINISHED', `Job ${old.id} is ${old.state}; only what has ended can be tried again`);
    const stages = await this.database.prisma.stage.findMany({ where: { jobId: old.id }, orderBy: { index: 'asc' } });
    const job: NewJob = {
      id,
      kind: old.kind,
      input: Object(old.input),
      metadata: old.metadata,
      priority: old.priority,
      stages: stages.map(({ name, task, queue, itemsPerTask }) => ({ name, task, queue, itemsPerTask })),
      waiter,
      deadlineAt: null,
      retryOf: old.id,
      requestId,
    };
    const keyTaken = new Error('The idempotency key is taken');
    try {
      return await this.database.transaction(async (client) => {
        const [copied] = await this.database.run<{ total: number }>(copyFailedStatement, [id, this.workspaceId, old.id], client);
        const total = copied?.total ?? 0;
        if (total === 0) return null;
        if (keyed !== null && !(await insertKey(this.database, client, this.workspaceId, keyed(job, total)))) throw keyTaken;
        return { accepted: true, id, job, total, tasks: await this.insertJob(client, job, total, createdAt) };
      });
    } catch (error) {
      if (error === keyTaken) return { accepted: false, id, job, total: 0, tasks: [] };
      throw error;
    }
  }

  private async insertItems(client: pg.ClientBase, jobId: string, items: ItemSource): Promise<number> {
    let total = 0;
    const clipIds: (string | null)[] = [];
    const customIds: (string | null)[] = [];
    const insertPage = async () => {
      const missing = await this.database.run<{ clipId: string }>(
        insertItemsStatement,
        [jobId, this.workspaceId, total, clipIds, customIds],
        client,
      );
      if (missing.length > 0)
        throw new EarshotError('CLIP_NOT_FOUND', `There is no clip ${missing.map(({ clipId }) => clipId).join(', ')}`);
      total += clipIds.length;
      clipIds.length = customIds.length = 0;
    };
    for await (const { clipId, customId } of items) {
      // Pages of items would live long enough for V8 to put every further item straight into the old heap (90 MB more for a million).
      clipIds.push(clipId);
      customIds.push(customId);
      if (clipIds.length === itemsPerPage) await insertPage();
    }
    if (clipIds.length > 0) await insertPage();
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
        job.requestId ?? null,
      ],
      client,
    );
  }
}

const insertItemsStatement = sql('insert-items');
const copyFailedStatement = sql('copy-failed');
const insertJobStatement = sql('insert-job');
