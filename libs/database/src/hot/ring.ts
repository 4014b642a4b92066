import { type Database, hot } from '../database.js';
import { sql } from '../sql.js';
import type { WaitingTask } from './accept.js';

/** The longest pause between two rings for a task that still waits. */
const longestPauseSeconds = 30;
/** Where a ring may lead nowhere for a good reason: the queue is limited, and was full. */
const longestPauseSecondsOfLimited = 2;

/** What the dispatcher asks of the task rows: they are their own outbox. */
export class Outbox {
  constructor(private readonly database: Database) {}

  /** Takes waiting tasks of a queue that are due for a ring, urgent and old ones first; each next ring of a task comes later than the one before. */
  takeDue(queue: string, limit: number, { isLimited = false } = {}): Promise<WaitingTask[]> {
    const pauseSeconds = isLimited ? longestPauseSecondsOfLimited : longestPauseSeconds;
    return this.database.run(takeDueStatement, [queue, limit, pauseSeconds]);
  }

  /** Makes up to `limit` waiting tasks of a queue due at once, because the doorbell forgot them; returns how many. */
  async forgetRings(queue: string, limit: number): Promise<number> {
    const rows = await this.database.run<{ n: number }>(forgetRingsStatement, [queue, limit]);
    return rows[0]?.n ?? 0;
  }
}

const takeDueStatement = hot(sql('take-due'));
const forgetRingsStatement = hot(sql('forget-rings'));
