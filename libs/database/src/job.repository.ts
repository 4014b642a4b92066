import { EarshotError } from '@earshot/contracts';
import { closeJobs } from './close-jobs.js';
import type { Database } from './database.js';
import type { NewJob } from './hot/accept.js';
import { JobReader, type JobRow } from './hot/read-jobs.js';
import { type ItemFilter, ItemList, type ItemPage, type ItemRow } from './item-list.js';
import { type CreatedJob, type CreateOptions, type ItemSource, JobCreation, type RetryOptions } from './job-creation.js';
import { type JobCount, type JobFilter, JobList } from './job-list.js';
import { sql } from './sql.js';

/** The jobs of one workspace; other workspaces' jobs do not exist for it. */
export class JobRepository {
  private readonly creation: JobCreation;
  private readonly list: JobList;
  private readonly itemList: ItemList;

  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
    private readonly reader: JobReader,
  ) {
    this.creation = new JobCreation(database, workspaceId);
    this.list = new JobList(database, workspaceId);
    this.itemList = new ItemList(database, workspaceId, reader);
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
  async page(filter: JobFilter, before: string | null, limit: number): Promise<JobRow[]> {
    const ids = await this.list.page(filter, before, limit);
    const rows = await Promise.all(ids.map((id) => this.find(id)));
    return rows.filter((row) => row !== null);
  }

  count(filter: JobFilter): Promise<JobCount> {
    return this.list.count(filter);
  }

  /** Up to `limit` items in the order of their indexes. */
  items(jobId: string, filter: ItemFilter): Promise<ItemRow[]> {
    return this.itemList.first(jobId, filter);
  }

  /** A page of items, and where to go on. */
  itemPage(jobId: string, filter: ItemFilter): Promise<ItemPage> {
    return this.itemList.page(jobId, filter);
  }

  /** What the job came to as a whole; null while it has not ended, and for one whose kind has no such result, or that failed. */
  async result(id: string): Promise<object | null> {
    await this.get(id);
    const row = await this.database.prisma.job.findFirst({ where: { id, workspaceId: this.workspaceId }, select: { result: true } });
    return typeof row?.result === 'object' ? row.result : null;
  }

  /** What the first task of that name has put out, and the document of its newest checkpoint. */
  async firstTask(jobId: string, name: string): Promise<{ output: unknown; checkpoint: unknown } | null> {
    const where = { jobId, workspaceId: this.workspaceId, name, ordinal: 0 };
    const task = await this.database.prisma.task.findFirst({ where, select: { output: true, checkpoint: true } });
    return task && { output: task.output, checkpoint: Object(Object(task.checkpoint).newest).document ?? null };
  }

  /** True when this call ended it, false when it had ended before. */
  async cancel(id: string): Promise<boolean> {
    await this.get(id);
    const closed = await closeJobs(this.database, [id], 'cancelled', { code: 'JOB_CANCELLED', detail: 'The job was cancelled by request' });
    return closed.length === 1;
  }

  /** Asks a job to come to its end with what it has. False when it had ended before. */
  async askToStop(id: string): Promise<boolean> {
    await this.get(id);
    return (await this.database.run(askToStopStatement, [id, this.workspaceId])).length === 1;
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

const askToStopStatement = sql('ask-to-stop');
