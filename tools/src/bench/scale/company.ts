// What goes on beside the requests that are measured.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, type Removed, Retention } from '@earshot/database';
import { linesOver, post } from '../engine/post-lines.js';

export interface Company {
  stop(): Promise<{ jobsRemoved: number; itemsRemoved: number; longestStatement: Removed['longest']; uploads: number }>;
}

/** A retention that has very much to remove, and uploads of large item lists, one after the other. */
export function keepCompany(
  database: Database,
  { url, clipIds, days, items }: { url: string; clipIds: string[]; days: number; items: number },
): Company {
  let isOver = false;
  const told = { jobsRemoved: 0, itemsRemoved: 0, longestStatement: { statement: '', ms: 0 }, uploads: 0 };
  const over = new AbortController();
  const sweeping = (async () => {
    const retention = new Retention(database, { days, daysByKind: {} });
    while (!isOver) {
      const removed = await retention.sweep({ limitMs: 10_000, signal: over.signal });
      told.jobsRemoved += removed?.jobs ?? 0;
      told.itemsRemoved += removed?.items ?? 0;
      if (removed !== null && removed.longest.ms > told.longestStatement.ms) told.longestStatement = removed.longest;
      if (!isOver) await sleep(100);
    }
  })();
  const uploading = (async () => {
    while (!isOver) {
      await post(url, linesOver(clipIds, items));
      told.uploads += 1;
    }
  })();
  return {
    async stop() {
      isOver = true;
      over.abort();
      await Promise.all([sweeping, uploading]);
      return told;
    },
  };
}
