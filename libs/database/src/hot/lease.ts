import { type Database, hot } from '../database.js';
import { sql } from '../sql.js';

/** How long a claim holds without a heartbeat. Leases compare with the database's clock: a worker 40 s off would steal running tasks. */
export const leaseSeconds = 10;

/** A task and the attempt that owns it. */
export interface OwnedTask {
  id: number;
  attempt: number;
}

export class Leases {
  constructor(private readonly database: Database) {}

  /**
   * The heartbeat of a worker: says that it lives, and extends the leases of its tasks. Returns those it still owns; the others were
   * cancelled or taken over. A worker beats also while it has none, or it is taken for dead.
   */
  async extend(worker: string, tasks: OwnedTask[]): Promise<Set<number>> {
    const rows = await this.database.run<{ id: number }>(extendStatement, [
      tasks.map(({ id }) => id),
      tasks.map(({ attempt }) => attempt),
      leaseSeconds,
      worker,
    ]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Notes that a suspect now runs with nothing beside it, so that another death of its worker counts against it. */
  async startAlone({ id, attempt }: OwnedTask): Promise<boolean> {
    return (await this.database.run(startAloneStatement, [id, attempt])).length === 1;
  }

  /** The worker was told to end: should it not come to giving its tasks back, that does not count against them. */
  async beginEnding(worker: string): Promise<void> {
    await this.database.run(beginEndingStatement, [worker]);
  }

  /** Gives tasks back unharmed, so that another process takes them, at once unless it is said when. */
  async giveBack(tasks: OwnedTask[], { delayMs = 0 } = {}): Promise<void> {
    await this.database.run(giveBackStatement, [tasks.map(({ id }) => id), tasks.map(({ attempt }) => attempt), delayMs]);
  }

  /** Puts a task that failed for a passing reason back, to run again after a delay; `isAway`: for something that it needs was away. */
  async postpone({ id, attempt }: OwnedTask, { delayMs, isAway = false }: { delayMs: number; isAway?: boolean }): Promise<void> {
    await this.database.run(postponeStatement, [id, attempt, delayMs, isAway]);
  }
}

const extendStatement = hot(sql('extend-leases'));
const startAloneStatement = hot(sql('start-alone'));
const beginEndingStatement = hot(sql('begin-ending'));
const giveBackStatement = hot(sql('give-back'));
const postponeStatement = hot(sql('postpone'));
