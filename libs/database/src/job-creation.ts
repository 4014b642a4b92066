import { EarshotError, plannedStage } from '@earshot/contracts';
import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import type { Database } from './database.js';
import { type KeyedAnswer, type NewItem, type NewJob, rungAtOnce, type WaitingTask } from './hot/accept.js';
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

  /** A job over clips that are stored already, of any number. */
  async overClips(job: NewJob, items: ItemSource, { createdAt = new Date(), keyed = null }: CreateOptions = {}): Promise<CreatedJob> {
    const keyTaken = new Error('The idempotency key is taken');
    try {
      return await this.database.transaction(async (client) => {
        const created = await this.within(client, job, items, createdAt);
        if (keyed !== null && !(await insertKey(this.database, client, this.workspaceId, keyed(created.total)))) throw keyTaken;
        return created;
      });
    } catch (error) {
      if (error === keyTaken) return { accepted: false, total: 0, tasks: [] };
      throw error;
    }
  }

  /** The same within a transaction that does more. */
  async within(client: pg.ClientBase, job: NewJob, items: ItemSource, createdAt = new Date()): Promise<CreatedJob> {
    const total = await this.insertItems(client, job.id, items);
    return { accepted: true, total, tasks: await this.insertJob(client, job, total, createdAt) };
  }

  /**
   * A new job with the plan of an ended one, over those of its items that have no result: they failed, or the job ended before their turn
   * came. Where a task is for the whole job it is tried again as a whole, with all items. Null when there is nothing to try again.
   */
  async retry(
    old: JobRow,
    { id = uuid(), createdAt = new Date(), waiter = null, keyed = null, requestId = null }: RetryOptions = {},
  ): Promise<(CreatedJob & { id: string; job: NewJob }) | null> {
    if (old.finishedAt === null)
      throw new EarshotError('JOB_NOT_FINISHED', `Job ${old.id} is ${old.state}; only what has ended can be tried again`);
    if (old.state === 'succeeded' && old.failed === 0) return null;
    const rows = await this.database.prisma.stage.findMany({ where: { jobId: old.id }, orderBy: { index: 'asc' } });
    const stages = rows.map(({ name, parts, task, queue, itemsPerTask }) =>
      plannedStage.parse({ name, parts: parts ?? partsBefore(task, queue, itemsPerTask) }),
    );
    const job: NewJob = {
      id,
      kind: old.kind,
      input: Object(old.input),
      metadata: old.metadata,
      priority: old.priority,
      stages,
      waiter,
      deadlineAt: null,
      retryOf: old.id,
      requestId,
    };
    const isWhole = stages.some(({ parts }) => parts.some(({ itemsPerTask }) => itemsPerTask === 0));
    const keyTaken = new Error('The idempotency key is taken');
    try {
      return await this.database.transaction(async (client) => {
        const [copied] = await this.database.run<{ total: number }>(copyItemsStatement, [id, this.workspaceId, old.id, isWhole], client);
        const total = copied?.total ?? 0;
        if (total === 0 && old.total > 0) return null;
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
    const row = { ...job, workspace: this.workspaceId, total, createdAt };
    return this.database.run<WaitingTask>(insertJobStatement, [JSON.stringify(row), rungAtOnce], client);
  }
}

/** The parts of a stage that a service of the version before has written. */
function partsBefore(task: string, queue: string, itemsPerTask: number) {
  return [{ task, version: 1, queue, slot: 'short', itemsPerTask, countOf: null }];
}

const insertItemsStatement = sql('insert-items');
const copyItemsStatement = sql('copy-items');
const insertJobStatement = sql('insert-job');
