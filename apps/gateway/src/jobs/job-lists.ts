import type { ItemResource, JobResource } from '@earshot/contracts';
import type { ItemPage, Workspace } from '@earshot/database';
import { Inject, Injectable } from '@nestjs/common';
import { pageCursor } from '../requests/cursor.js';
import { idBefore, numberBefore, type Page, pageOf } from '../requests/paging.js';
import { WORKSPACE } from '../tokens.js';
import type { ItemsQuery, JobsQuery } from './job-queries.js';
import { itemResource, jobResource } from './job-resource.js';

/** Jobs, and the items of one, by pages. */
@Injectable()
export class JobLists {
  constructor(@Inject(WORKSPACE) private readonly workspace: Workspace) {}

  async jobs({ state, kind, retryOf, limit, cursor, count }: JobsQuery): Promise<Page<JobResource>> {
    const filters = { state, kind, retryOf };
    const [rows, counted] = await Promise.all([
      this.workspace.jobs.page(filters, idBefore(cursor, filters), limit + 1),
      count ? this.workspace.jobs.count(filters) : undefined,
    ]);
    return { ...pageOf(rows, limit, filters, jobResource), total: counted?.total, isTotalExact: counted?.isExact };
  }

  async items(jobId: string, { state, limit, cursor }: ItemsQuery): Promise<Page<ItemResource>> {
    await this.workspace.jobs.get(jobId);
    const filters = { jobId, state };
    const { rows, next } = await this.workspace.jobs.itemPage(jobId, { state, limit, after: indexBefore(cursor, filters) });
    return { items: rows.map(itemResource), nextCursor: next === null ? null : pageCursor(String(next), filters) };
  }

  /** All items from the cursor on, read page by page. */
  async *everyItem(jobId: string, { state, cursor }: Omit<ItemsQuery, 'limit'>): AsyncGenerator<ItemResource[]> {
    for (let after: number | null = indexBefore(cursor, { jobId, state }); after !== null; ) {
      const { rows, next }: ItemPage = await this.workspace.jobs.itemPage(jobId, { state, after, limit: itemsPerRead });
      if (rows.length > 0) yield rows.map(itemResource);
      after = next;
    }
  }
}

const itemsPerRead = 1_000;

function indexBefore(cursor: string | undefined, filters: { jobId: string; state: string | undefined }): number {
  return numberBefore(cursor, filters) ?? -1;
}
