import type { Database } from '../database.js';
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

  /** Extends the leases of a process's tasks; answers those it still owns. The others were cancelled or taken over. */
  async extend(tasks: OwnedTask[]): Promise<Set<number>> {
    const rows = await this.database.run<{ id: number }>(extendStatement, [
      tasks.map(({ id }) => id),
      tasks.map(({ attempt }) => attempt),
      leaseSeconds,
    ]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Notes that a suspect now runs with nothing beside it, so that another death of its worker counts against it. */
  async startAlone({ id, attempt }: OwnedTask): Promise<boolean> {
    return (await this.database.run(startAloneStatement, [id, attempt])).length === 1;
  }

  /** Gives tasks back unharmed, so that another process takes them at once. */
  async giveBack(tasks: OwnedTask[]): Promise<void> {
    await this.database.run(giveBackStatement, [tasks.map(({ id }) => id), tasks.map(({ attempt }) => attempt)]);
  }

  /** Puts a task that failed for a passing reason back, to run again after a delay. */
  async postpone({ id, attempt }: OwnedTask, delayMs: number): Promise<void> {
    await this.database.run(postponeStatement, [id, attempt, delayMs]);
  }
}

const extendStatement = sql('extend-leases');
const startAloneStatement = sql('start-alone');
const giveBackStatement = sql('give-back');
const postponeStatement = sql('postpone');
