import type { Database, Statement } from '../database.js';
import type { WaitingTask } from './accept.js';

/** The longest pause between two rings for a task that still waits. */
const longestPauseSeconds = 30;

/** What the dispatcher asks of the task rows: they are their own outbox. */
export class Outbox {
  constructor(private readonly database: Database) {}

  /** Takes waiting tasks of a queue that are due for a ring, urgent and old ones first; each next ring of a task comes later than the one before. */
  takeDue(queue: string, limit: number): Promise<WaitingTask[]> {
    return this.database.run(takeDueStatement, [queue, limit, longestPauseSeconds]);
  }

  /** Makes up to `limit` waiting tasks of a queue due at once, because the doorbell forgot them; answers how many. */
  async forgetRings(queue: string, limit: number): Promise<number> {
    const rows = await this.database.run<{ n: number }>(forgetRingsStatement, [queue, limit]);
    return rows[0]?.n ?? 0;
  }

  /** Whether any task of the queues could have been claimed for that long. */
  async hasWaitingSince(queues: readonly string[], ms: number): Promise<boolean> {
    return (await this.database.run(hasWaitingStatement, [queues, ms])).length > 0;
  }
}

const takeDueStatement: Statement = {
  name: 'take-due',
  text: `
with due as materialized (
  select id from task where queue = $1 and state = 'queued' and ring_at <= now() and run_after <= now() order by priority, id limit $2 for update skip locked),
rung as (
  update task t set ring_at = now() + least(2 * power(2, t.rings), $3) * interval '1 s', rings = least(t.rings + 1, 10)
  where t.id = any(array(select id from due)) returning t.id, t.queue, t.priority, greatest(t.to_index - t.from_index, 1) as items)
select * from rung order by priority, id`,
};

const forgetRingsStatement: Statement = {
  name: 'forget-rings',
  text: `
with rung as materialized (
  select id from task where queue = $1 and state = 'queued' and rings > 0 order by id limit $2 for update skip locked),
forgotten as (update task t set ring_at = least(t.ring_at, greatest(now(), t.run_after)), rings = 0 where t.id = any(array(select id from rung)) returning 1)
select count(*)::int as n from forgotten`,
};

const hasWaitingStatement: Statement = {
  name: 'has-waiting',
  text: `select 1 as waits from task where queue = any($1::text[]) and state = 'queued' and run_after <= now() - $2 * interval '1 ms' limit 1`,
};
