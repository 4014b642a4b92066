import { type ClipResource, EarshotError, type ItemResource, type JobResource } from '@earshot/contracts';
import type { ItemPage, Workspace } from '@earshot/database';
import { Inject, Injectable } from '@nestjs/common';
import { clipResource } from '../clips/clip-resource.js';
import { pageCursor, readCursor } from '../requests/cursor.js';
import { WORKSPACE } from '../tokens.js';
import type { ClipsQuery, ItemsQuery, JobsQuery } from './job-queries.js';
import { itemResource, jobResource } from './job-resource.js';

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  total?: number;
  /** Whether `total` was counted, or estimated because there are too many. */
  isTotalExact?: boolean;
}

/** Clips, jobs and items by pages. One more than asked for is read: it tells whether there is a next page. */
@Injectable()
export class JobLists {
  constructor(@Inject(WORKSPACE) private readonly workspace: Workspace) {}

  async jobs({ state, kind, retryOf, limit, cursor, count }: JobsQuery): Promise<Page<JobResource>> {
    const filters = { state, kind, retryOf };
    const before = cursor === undefined ? null : uuidOf(readCursor(cursor, filters));
    const [rows, counted] = await Promise.all([
      this.workspace.jobs.page(filters, before, limit + 1),
      count ? this.workspace.jobs.count(filters) : undefined,
    ]);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const nextCursor = rows.length > limit && last !== undefined ? pageCursor(last.id, filters) : null;
    return { items: shown.map(jobResource), nextCursor, total: counted?.total, isTotalExact: counted?.isExact };
  }

  async clips({ limit, cursor }: ClipsQuery): Promise<Page<ClipResource>> {
    const filters = { list: 'clips' };
    const before = cursor === undefined ? null : uuidOf(readCursor(cursor, filters));
    const rows = await this.workspace.clips.page(before, limit + 1);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return { items: shown.map(clipResource), nextCursor: rows.length > limit && last !== undefined ? pageCursor(last.id, filters) : null };
  }

  async items(jobId: string, { state, limit, cursor }: ItemsQuery): Promise<Page<ItemResource>> {
    await this.workspace.jobs.get(jobId);
    const filters = { jobId, state };
    const { rows, next } = await this.workspace.jobs.itemPage(jobId, { state, limit, after: afterOf(cursor, filters) });
    return { items: rows.map(itemResource), nextCursor: next === null ? null : pageCursor(String(next), filters) };
  }

  /** All items from the cursor on, read page by page. */
  async *everyItem(jobId: string, { state, cursor }: Omit<ItemsQuery, 'limit'>): AsyncGenerator<ItemResource[]> {
    for (let after: number | null = afterOf(cursor, { jobId, state }); after !== null; ) {
      const { rows, next }: ItemPage = await this.workspace.jobs.itemPage(jobId, { state, after, limit: itemsPerRead });
      if (rows.length > 0) yield rows.map(itemResource);
      after = next;
    }
  }
}

const itemsPerRead = 1_000;

function afterOf(cursor: string | undefined, filters: { jobId: string; state: string | undefined }): number {
  if (cursor === undefined) return -1;
  const after = readCursor(cursor, filters);
  if (!/^\d{1,9}$/.test(after)) throw new EarshotError('CURSOR_INVALID', 'The cursor is not one of ours');
  return Number(after);
}

function uuidOf(after: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(after)) throw new EarshotError('CURSOR_INVALID', 'The cursor is not one of ours');
  return after;
}
