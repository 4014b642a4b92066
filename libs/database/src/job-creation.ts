import { EarshotError, plannedStage } from '@earshot/contracts';
import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import type { Database } from './database.js';
import { type KeyedAnswer, type NewItem, type NewJob, rungAtOnce, type WaitingTask } from './hot/accept.js';
import type { JobRow } from './hot/read-jobs.js';
import { insertKey } from './idempotency.repository.js';
import { JobDraft } from './job-draft.js';
import { sql } from './sql.js';

/** Items on their way into a large job, in any amount: they are written in pages and never held all together. */
export type ItemSource = Iterable<NewItem> | AsyncIterable<NewItem>;

const itemsPerPage = 5_000;
const slowPageMs = 30_000;

/** `keyed` makes the answer that is stored under the idempotency key, once it is known what is in the job. */
export interface CreateOptions {
  createdAt?: Date;
  keyed?: ((total: number) => KeyedAnswer) | null;
  /** The items may name deleted clips, as those of a version of a dataset do that has lost some; they fail with CLIP_DELETED. */
  mayBeDeleted?: boolean;
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
  caller?: string;
  /** That of the ended job by default. */
  priority?: number;
}

export interface CreatedJob {
  /** False when another request holds the idempotency key: then nothing was written. */
  accepted: boolean;
  total: number;
  /** To ring for. */
  tasks: WaitingTask[];
}

/**
 * Makes jobs over what is stored already: all of it or nothing. What fits into a page is written in one transaction, more of it as a draft.
 * Small requests with new clips go to the Acceptor.
 */
export class JobCreation {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  /** A job over clips that are stored already, of any number. */
  async overClips(
    job: NewJob,
    items: ItemSource,
    { createdAt = new Date(), keyed = null, mayBeDeleted = false }: CreateOptions = {},
  ): Promise<CreatedJob> {
    const draft = new JobDraft(this.database, this.workspaceId, job.id);
    const page = new Page(mayBeDeleted);
    return this.orNothing(draft, async () => {
      for await (const item of items) {
        page.add(item);
        if (page.isDue) await draft.page((client) => this.insert(client, job.id, draft.total, page));
      }
      return this.database.transaction(async (client) => {
        const total = draft.total + (await this.insert(client, job.id, draft.total, page));
        return this.list(client, draft, job, { total, createdAt, keyed: keyed?.(total) ?? null });
      });
    });
  }

  /** The same within a transaction that does more. */
  async within(client: pg.ClientBase, job: NewJob, items: Iterable<NewItem>, createdAt = new Date()): Promise<WaitingTask[]> {
    const page = new Page();
    for (const item of items) page.add(item);
    const total = await this.insert(client, job.id, 0, page);
    return this.insertJob(client, job, total, createdAt);
  }

  /**
   * A new job with the plan of an ended one, over those of its items that have no result: they failed, or the job ended before their turn
   * came. Where a task is for the whole job it is tried again as a whole, with all items. Null when there is nothing to try again.
   */
  async retry(
    old: JobRow,
    {
      id = uuid(),
      createdAt = new Date(),
      waiter = null,
      keyed = null,
      requestId = null,
      caller = '',
      priority = old.priority,
    }: RetryOptions = {},
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
      priority,
      stages,
      waiter,
      deadlineAt: null,
      retryOf: old.id,
      requestId,
      caller,
    };
    const isWhole = stages.some(({ parts }) => parts.some(({ itemsPerTask }) => itemsPerTask === 0));
    const draft = new JobDraft(this.database, this.workspaceId, id);
    const copy = async (client: pg.ClientBase, after: number) => {
      const values = [id, this.workspaceId, old.id, isWhole, draft.total, after, itemsPerPage];
      const [copied] = await this.database.run<{ n: number }>(copyItemsStatement, values, client);
      return copied?.n ?? 0;
    };
    const created = await this.orNothing(draft, async () => {
      let after = -1;
      for (; after + itemsPerPage < old.total - 1; after += itemsPerPage) await draft.page((client) => copy(client, after));
      return this.database.transaction(async (client) => {
        // Jobs are removed before their items and stages: while this one is there, all that was read of it was whole.
        if ((await this.database.run(holdEndedJobStatement, [old.id], client)).length === 0)
          throw new EarshotError('JOB_NOT_FOUND', `Job ${old.id} was removed while it was to be tried again`);
        const total = draft.total + (await copy(client, after));
        if (total === 0 && old.total > 0) return null;
        return this.list(client, draft, job, { total, createdAt, keyed: keyed?.(job, total) ?? null });
      });
    });
    return created && { ...created, id, job };
  }

  /** Lists the job, whose items are written, and the key that stands for it. */
  private async list(
    client: pg.ClientBase,
    draft: JobDraft,
    job: NewJob,
    { total, createdAt, keyed }: { total: number; createdAt: Date; keyed: KeyedAnswer | null },
  ): Promise<CreatedJob> {
    await draft.end(client);
    if (keyed !== null && !(await insertKey(this.database, client, this.workspaceId, keyed))) throw new KeyTaken();
    return { accepted: true, total, tasks: await this.insertJob(client, job, total, createdAt) };
  }

  private async orNothing<Created>(draft: JobDraft, create: () => Promise<Created>): Promise<Created | CreatedJob> {
    try {
      return await create();
    } catch (error) {
      await draft.discard().catch(() => undefined); // then it is removed after its standstill
      if (error instanceof KeyTaken) return { accepted: false, total: 0, tasks: [] };
      throw error;
    }
  }

  /** Empties the page; returns how many items it had. */
  private async insert(client: pg.ClientBase, jobId: string, first: number, page: Page): Promise<number> {
    const { clipIds, customIds, mayBeDeleted } = page;
    const count = clipIds.length;
    if (count === 0) return 0;
    const missing = await this.database.run<{ clipId: string }>(
      insertItemsStatement,
      [jobId, this.workspaceId, first, clipIds, customIds, mayBeDeleted],
      client,
    );
    if (missing.length > 0) throw new EarshotError('CLIP_NOT_FOUND', `There is no clip ${missing.map(({ clipId }) => clipId).join(', ')}`);
    page.clear();
    return count;
  }

  private insertJob(client: pg.ClientBase, job: NewJob, total: number, createdAt: Date): Promise<WaitingTask[]> {
    const row = { ...job, workspace: this.workspaceId, total, createdAt };
    return this.database.run<WaitingTask>(insertJobStatement, [JSON.stringify(row), rungAtOnce], client);
  }
}

class KeyTaken extends Error {}

/** Pages of items would live long enough for V8 to put every further item straight into the old heap (90 MB more for a million). */
class Page {
  readonly clipIds: (string | null)[] = [];
  readonly customIds: (string | null)[] = [];
  private sinceMs = 0;

  constructor(readonly mayBeDeleted = false) {}

  add({ clipId, customId }: NewItem): void {
    if (this.clipIds.length === 0) this.sinceMs = performance.now();
    this.clipIds.push(clipId);
    this.customIds.push(customId);
  }

  /** It is full, or its items come so slowly that what is there must not wait for more. */
  get isDue(): boolean {
    return this.clipIds.length >= itemsPerPage || performance.now() - this.sinceMs > slowPageMs;
  }

  clear(): void {
    this.clipIds.length = this.customIds.length = 0;
  }
}

/** The parts of a stage that a service of the version before has written. */
function partsBefore(task: string, queue: string, itemsPerTask: number) {
  return [{ task, version: 1, queue, slot: 'short', itemsPerTask, countOf: null }];
}

const insertItemsStatement = sql('insert-items');
const copyItemsStatement = sql('copy-items');
const holdEndedJobStatement = sql('hold-ended-job');
const insertJobStatement = sql('insert-job');
