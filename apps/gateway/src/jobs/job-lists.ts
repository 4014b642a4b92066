import { type ClipResource, EarshotError, type ItemResource, type JobResource } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
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
}

/** Clips, jobs and items by pages. One more than asked for is read: it tells whether there is a next page. */
@Injectable()
export class JobLists {
  constructor(@Inject(WORKSPACE) private readonly workspace: Workspace) {}

  async jobs({ state, kind, limit, cursor, count }: JobsQuery): Promise<Page<JobResource>> {
    const filters = { state, kind };
    const before = cursor === undefined ? null : uuidOf(readCursor(cursor, filters));
    const [rows, total] = await Promise.all([
      this.workspace.jobs.page(filters, before, limit + 1),
      count ? this.workspace.jobs.count(filters) : undefined,
    ]);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const nextCursor = rows.length > limit && last !== undefined ? pageCursor(last.id, filters) : null;
    return { items: shown.map(jobResource), nextCursor, total };
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
    const rows = await this.workspace.jobs.items(jobId, { state, limit: limit + 1, after: afterOf(cursor, filters) });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const nextCursor = rows.length > limit && last !== undefined ? pageCursor(String(last.index), filters) : null;
    return { items: shown.map(itemResource), nextCursor };
  }

  /** All items from the cursor on, read page by page. */
  async *everyItem(jobId: string, { state, cursor }: Omit<ItemsQuery, 'limit'>): AsyncGenerator<ItemResource[]> {
    let after = afterOf(cursor, { jobId, state });
    for (;;) {
      const rows = await this.workspace.jobs.items(jobId, { state, after, limit: itemsPerRead });
      if (rows.length > 0) yield rows.map(itemResource);
      const last = rows.at(-1);
      if (rows.length < itemsPerRead || last === undefined) return;
      after = last.index;
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
