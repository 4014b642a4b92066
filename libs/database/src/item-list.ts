// The items of a job by pages, in the order of their indexes.
import type { ItemState } from '@earshot/contracts';
import { type Database, hot } from './database.js';
import type { Failure } from './failure.js';
import type { JobReader, JobRow } from './hot/read-jobs.js';
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

export interface ItemFilter {
  state?: ItemState;
  /** Those that come after this index; all by default. */
  after?: number;
  limit: number;
}

export interface ItemPage {
  rows: ItemRow[];
  /** The index after which to go on; null when there are no more. */
  next: number | null;
}

/** Items that are looked through for those of a state in one statement (5 ms), and how often for one page. */
const itemsPerLook = 10_000;
const looksPerPage = 5;

export class ItemList {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
    private readonly reader: JobReader,
  ) {}

  /** A page. Of a rare state it may hold fewer than `limit`, or none, and yet go on: then that is how far one request looks. */
  async page(jobId: string, { state, after = -1, limit }: ItemFilter): Promise<ItemPage> {
    if (state !== undefined && state !== 'failed') return this.pageOfState(jobId, state, after, limit);
    const statement = state === 'failed' ? failedItemsStatement : itemsStatement;
    const rows = await this.database.run<ItemRow>(statement, [this.workspaceId, jobId, after, limit + 1]);
    return rows.length > limit ? { rows: rows.slice(0, limit), next: rows[limit - 1]?.index ?? null } : { rows, next: null };
  }

  /** Up to `limit` items, however far they lie apart. */
  async first(jobId: string, { state, after, limit }: ItemFilter): Promise<ItemRow[]> {
    const found: ItemRow[] = [];
    for (let next: number | null | undefined = after; next !== null && found.length < limit; ) {
      const page: ItemPage = await this.page(jobId, { state, after: next, limit: limit - found.length });
      found.push(...page.rows);
      next = page.next;
    }
    return found;
  }

  private async pageOfState(jobId: string, state: ItemState, after: number, limit: number): Promise<ItemPage> {
    const job = await this.reader.find(this.workspaceId, jobId);
    const stored = job === null ? [] : storedStates(job, state);
    if (job === null || stored.length === 0) return { rows: [], next: null };
    const rows: ItemRow[] = [];
    let looked = after;
    for (let looks = 0; looks < looksPerPage && looked < job.total - 1; looks++) {
      const values = [this.workspaceId, jobId, looked, limit + 1 - rows.length, stored, itemsPerLook];
      rows.push(...(await this.database.run<ItemRow>(itemsOfStateStatement, values)));
      if (rows.length > limit) return { rows: rows.slice(0, limit), next: rows[limit - 1]?.index ?? null };
      looked += itemsPerLook;
    }
    return { rows, next: looked < job.total - 1 ? looked : null };
  }
}

/**
 * In which states the rows of such items are; in none, where the counts of the job say that there is no such item. What has no result when its
 * job ends counts as cancelled; but if the job succeeded it was used as a whole with the others.
 */
function storedStates({ state: jobState, total, succeeded, failed, finishedAt }: JobRow, state: ItemState): ItemState[] {
  if (state === 'succeeded') return succeeded === 0 ? [] : jobState === 'succeeded' ? ['succeeded', 'pending'] : ['succeeded'];
  const isOfJob = (state === 'cancelled') === (finishedAt !== null);
  return isOfJob && succeeded + failed < total ? ['pending'] : [];
}

const itemsStatement = hot(sql('items'));
const itemsOfStateStatement = hot(sql('items-of-state'));
const failedItemsStatement = sql('failed-items'); // not hot: planned before any item had failed it would stay with the other index
