import type { ItemState, JobState } from '@earshot/contracts';
import { EarshotError } from '@earshot/contracts';
import { closeJobs } from './close-jobs.js';
import type { Database } from './database.js';
import type { Failure } from './failure.js';
import type { NewJob } from './hot/accept.js';
import { JobReader, type JobRow } from './hot/read-jobs.js';
import { type CreatedJob, type CreateOptions, type ItemSource, JobCreation, type RetryOptions } from './job-creation.js';
import { sql } from './sql.js';

export interface ItemRow {
  index: number;
  customId: string | null;
  clipId: string | null;
  filename: string | null;
  state: ItemState;
  result: unknown;
  error: Failure | null;
}

export interface JobFilter {
  state?: JobState;
  kind?: string;
}

/** The jobs of one workspace; other workspaces' jobs do not exist for it. */
export class JobRepository {
  private readonly creation: JobCreation;

  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
    private readonly reader: JobReader,
  ) {
    this.creation = new JobCreation(database, workspaceId);
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

  /** What the job came to as a whole; null while it has not ended, and for one whose kind has no such result, or that failed. */
  async result(id: string): Promise<unknown> {
    await this.get(id);
    const row = await this.database.prisma.job.findFirst({ where: { id, workspaceId: this.workspaceId }, select: { result: true } });
    return row?.result ?? null;
  }

  /** True when this call ended it, false when it had ended before. */
  async cancel(id: string): Promise<boolean> {
    await this.get(id);
    const closed = await closeJobs(this.database, [id], 'cancelled', { code: 'JOB_CANCELLED', detail: 'The job was cancelled by request' });
    return closed.length === 1;
  }

  /** A job over clips that are stored already, of any number, in one transaction: all of it or nothing. */
  createOverClips(job: NewJob, items: ItemSource, options: CreateOptions = {}): Promise<CreatedJob> {
    return this.creation.overClips(job, items, options);
  }

  /** A new job with the plan of an ended one, over what has no result there. Null when there is nothing to try again. */
  async retry(id: string, options: RetryOptions = {}): Promise<(CreatedJob & { id: string; job: NewJob }) | null> {
    return this.creation.retry(await this.get(id), options);
  }
}

const itemsStatement = sql('items');
const itemsOfStateStatement = sql('items-of-state');
