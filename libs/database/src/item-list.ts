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

/** `found` is how many there are for its page: with large results it ends before. */
type FoundItem = ItemRow & { found: number };

/** Items that are looked through for those of a state in one statement (5 ms), and how often for one page. */
const itemsPerLook = 10_000;
const looksPerPage = 5;

export class ItemList {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
    private readonly reader: JobReader,
  ) {}

  /**
   * A page. With large results it may hold fewer than `limit`, and of a rare state even none, and yet go on: then that is how far one
   * request looks.
   */
  async page(jobId: string, { state, after = -1, limit }: ItemFilter): Promise<ItemPage> {
    if (state !== undefined && state !== 'failed') return this.pageOfState(jobId, state, after, limit);
    const statement = state === 'failed' ? failedItemsStatement : itemsStatement;
    const found = await this.database.run<FoundItem>(statement, [this.workspaceId, jobId, after, limit + 1]);
    const { rows, isCut } = cutTo(limit, found);
    return { rows, next: isCut ? (rows.at(-1)?.index ?? null) : null };
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
      const room = limit - rows.length;
      const values = [this.workspaceId, jobId, looked, room + 1, stored, itemsPerLook];
      const shown = cutTo(room, await this.database.run<FoundItem>(itemsOfStateStatement, values));
      rows.push(...shown.rows);
      if (shown.isCut) return { rows, next: rows.at(-1)?.index ?? null };
      looked += itemsPerLook;
    }
    return { rows, next: looked < job.total - 1 ? looked : null };
  }
}

/** Up to `limit` of them, and whether there are more. */
function cutTo(limit: number, items: FoundItem[]): { rows: ItemRow[]; isCut: boolean } {
  const rows = items.slice(0, limit).map(({ found: _, ...row }) => row);
  return { rows, isCut: rows.length < (items[0]?.found ?? 0) };
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
