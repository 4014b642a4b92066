import type { Job } from '../../api/work.js';
import { ranMs } from '../../jobs/spans.js';

export interface Throughput {
  itemsPerSecond: number;
  /** Of so many jobs. */
  jobs: number;
}

/** Smaller jobs say more about their beginning than about their speed. */
const fewestItems = 10;

/** How fast jobs were worked on, waiting aside; null: none of them was large enough to tell. */
export function throughputOf(jobs: readonly Pick<Job, 'counts' | 'createdAt' | 'startedAt' | 'finishedAt'>[]): Throughput | null {
  const measured = jobs.filter(({ counts, finishedAt }) => finishedAt !== null && counts.succeeded >= fewestItems);
  const items = measured.reduce((sum, { counts }) => sum + counts.succeeded + counts.failed, 0);
  const ms = measured.reduce((sum, job) => sum + (ranMs(job) ?? 0), 0);
  return ms > 0 ? { itemsPerSecond: (1_000 * items) / ms, jobs: measured.length } : null;
}
