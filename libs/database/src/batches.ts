import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Statement } from './database.js';

/** A statement may take this long before its next pages become smaller, and is quick below the second: then they grow. */
const slowMs = 30;
const quickMs = 10;
const fewestRows = 50;
const firstRows = 200;
const mostRows = 500;

/**
 * Runs statements that each do one page of rows, so that none of them is long: the page of each follows what the machine can do, and after
 * each there is a rest as long as it took.
 */
export class Batches {
  /** The one that took longest. */
  longest = { statement: '', ms: 0 };
  /** Of each statement by its name: a row of one costs many times what a row of another does. */
  private readonly rowsPerPage = new Map<string, number>();
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
  async page<Row extends { n: number }>(statement: Statement, values: unknown[]): Promise<{ rows: Row[]; size: number }> {
    const size = this.rowsPerPage.get(statement.name) ?? firstRows;
    const startMs = performance.now();
    const rows = await this.database.run<Row>(statement, [...values, size]);
    const tookMs = performance.now() - startMs;
    if (tookMs > this.longest.ms) this.longest = { statement: statement.name, ms: tookMs };
    const isFull = rows[0]?.n === size; // the time of one that is not says nothing about more rows
    if (tookMs > slowMs) this.rowsPerPage.set(statement.name, Math.max(fewestRows, Math.floor(size / 2)));
    else if (tookMs < quickMs && isFull) this.rowsPerPage.set(statement.name, Math.min(mostRows, Math.ceil(size * 1.5)));
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
