import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Statement } from './database.js';

/** A statement may take this long before its next pages become smaller, and is quick below the second: then they grow. */
const slowMs = 60;
const quickMs = 20;
const fewestRows = 50;
const mostRows = 1_500;

/**
 * Runs statements that each do one page of rows, so that none of them is long: the page follows what the machine can do, and after each
 * there is a rest as long as it took.
 */
export class Batches {
  /** The longest that a statement took. */
  longestMs = 0;
  private rowsPerPage = 500;
  private readonly endMs: number;

  constructor(
    private readonly database: Database,
    private readonly limits: { limitMs: number; signal?: AbortSignal },
  ) {
    this.endMs = performance.now() + limits.limitMs;
  }

  /** The time is over, or the process ends: what is left waits for another time. */
  get isOver(): boolean {
    return performance.now() >= this.endMs || this.limits.signal?.aborted === true;
  }

  /** One page; the statement is given its size as the last value. */
  async page<Row extends object>(statement: Statement, values: unknown[]): Promise<{ rows: Row[]; size: number }> {
    const size = this.rowsPerPage;
    const startMs = performance.now();
    const rows = await this.database.run<Row>(statement, [...values, size]);
    const tookMs = performance.now() - startMs;
    this.longestMs = Math.max(this.longestMs, tookMs);
    if (tookMs > slowMs) this.rowsPerPage = Math.max(fewestRows, Math.floor(size / 2));
    else if (tookMs < quickMs) this.rowsPerPage = Math.min(mostRows, Math.ceil(size * 1.5));
    await sleep(tookMs);
    return { rows, size };
  }

  /** Pages of a statement that returns how many rows it did (`n`), until one is not full. Returns how many in all. */
  async all(statement: Statement, values: unknown[]): Promise<number> {
    let total = 0;
    while (!this.isOver) {
      const { rows, size } = await this.page<{ n: number }>(statement, values);
      const n = rows[0]?.n ?? 0;
      total += n;
      if (n < size) break;
    }
    return total;
  }
}
