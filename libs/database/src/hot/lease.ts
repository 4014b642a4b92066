import type { Database, Statement } from '../database.js';

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
      leaseSeconds,
      tasks.map(({ id }) => id),
      tasks.map(({ attempt }) => attempt),
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

const ownedTasks = (ids: string, attempts: string) => `
owned as materialized (
  select t.id from task t join unnest(${ids}::bigint[], ${attempts}::int[]) as o(id, attempt) on t.id = o.id and t.attempt = o.attempt
  where t.state = 'running' order by t.id for update of t)`;

const extendStatement: Statement = {
  name: 'extend-leases',
  text: `with ${ownedTasks('$2', '$3')}
update task t set lease_until = now() + $1 * interval '1 s' from owned o where t.id = o.id returning t.id`,
};

const startAloneStatement: Statement = {
  name: 'start-alone',
  text: `update task set alone_since = now() where id = $1 and attempt = $2 and state = 'running' returning id`,
};

const giveBackStatement: Statement = {
  name: 'give-back',
  text: `with ${ownedTasks('$1', '$2')}
update task t set state = 'queued', lease_until = null, alone_since = null, ring_at = now(), rings = 0 from owned o where t.id = o.id`,
};

const postponeStatement: Statement = {
  name: 'postpone',
  text: `update task set state = 'queued', retries = retries + 1, lease_until = null, alone_since = null,
  run_after = now() + $3 * interval '1 ms', ring_at = now() + $3 * interval '1 ms', rings = 0
where id = $1 and attempt = $2 and state = 'running'`,
};
