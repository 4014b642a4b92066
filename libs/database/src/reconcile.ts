// What the reconciler does with tasks whose worker is gone, and with jobs whose deadline has passed.
import type pg from 'pg';
import { closeJobs } from './close-jobs.js';
import type { Database, Statement } from './database.js';
import type { WaitingTask } from './hot/accept.js';
import { leaseSeconds, type OwnedTask } from './hot/lease.js';

/** A task that has killed this many workers while it ran alone is given up. */
export const killsToQuarantine = 3;

/** A task given up: owned by the reconciler, which commits its failure. */
export interface QuarantinedTask extends OwnedTask {
  jobId: string;
  fromIndex: number;
  toIndex: number;
}

export class Reconciliation {
  constructor(private readonly database: Database) {}

  /**
   * Runs `work` unless another process is at it. False: another was. A leader that stands still loses its lock after `limitMs`
   * (20 s by default); should it go on, two at it do no harm.
   */
  async asLeader(work: () => Promise<void>, { limitMs = 20_000 } = {}): Promise<boolean> {
    return this.database.transaction(async (client) => {
      const { rows } = await client.query<{ leader: boolean }>(leaderStatement, [leaderLock, `${limitMs}ms`]);
      if (rows[0]?.leader !== true) return false;
      await work();
      return true;
    });
  }

  /** Puts tasks with an expired lease back as suspects, which run alone; counts the death of one that did. */
  requeueExpired(): Promise<WaitingTask[]> {
    return this.database.run(requeueStatement, [killsToQuarantine]);
  }

  /** Splits expired tasks of several items into one for each item, until the guilty one stands alone. */
  async splitExpired(): Promise<WaitingTask[]> {
    const suspects = await this.database.run<{ id: number; jobId: string }>(expiredChunksStatement, []);
    const parts = await Promise.all(suspects.map((suspect) => this.database.transaction((client) => this.split(client, suspect))));
    return parts.flat();
  }

  /** Takes over tasks that killed their workers too often. */
  takeQuarantined(): Promise<QuarantinedTask[]> {
    return this.database.run(quarantineStatement, [killsToQuarantine, leaseSeconds]);
  }

  /** Ends jobs whose deadline has passed. */
  async expireJobs(): Promise<string[]> {
    const late = await this.database.run<{ id: string }>(lateJobsStatement, []);
    if (late.length === 0) return [];
    return closeJobs(
      this.database,
      late.map(({ id }) => id),
      'expired',
      { code: 'JOB_EXPIRED', detail: 'The job had not finished at its deadline' },
    );
  }

  private split(client: pg.PoolClient, { id, jobId }: { id: number; jobId: string }): Promise<WaitingTask[]> {
    return this.database.run<WaitingTask>(splitStatement, [id, jobId], client);
  }
}

const leaderLock = 7_270_814_234;

/** While the leader works, on other connections, this one is idle in its transaction. */
const leaderStatement = `
select set_config('idle_in_transaction_session_timeout', $2, true), pg_try_advisory_xact_lock($1) as leader`;

const expired = `state = 'running' and lease_until < now()`;

const requeueStatement: Statement = {
  name: 'requeue-expired',
  text: `
with expired as materialized (
  select id from task where ${expired} and to_index - from_index <= 1 and not (alone_since is not null and kills + 1 >= $1)
  order by id limit 2000 for update skip locked)
update task t set state = 'queued', suspect = true, kills = t.kills + (t.alone_since is not null)::int, alone_since = null, lease_until = null,
  run_after = now(), ring_at = now() + interval '2 s', rings = 1
from expired e where t.id = e.id returning t.id, t.queue, t.priority, 1 as items`,
};

const expiredChunksStatement: Statement = {
  name: 'expired-chunks',
  text: `select id, job_id as "jobId" from task where ${expired} and to_index - from_index > 1 order by job_id, id limit 200`,
};

// The job's row is locked first, as everywhere; the task then only ever shrinks to its first pending item, the others become tasks.
const splitStatement: Statement = {
  name: 'split-expired',
  text: `
with job_row as materialized (select id from job where id = $2 for update),
suspect as materialized (
  select t.* from task t, job_row j where t.id = $1 and t.job_id = j.id and t.state = 'running' and t.lease_until < now() for update of t),
parts as materialized (
  select i.index, row_number() over (order by i.index) = 1 as first from suspect s join item i on i.job_id = s.job_id and i.index >= s.from_index and i.index < s.to_index
  where i.state = 'pending'),
kept as (
  update task t set state = 'queued', suspect = true, lease_until = null, alone_since = null, run_after = now(), ring_at = now() + interval '2 s', rings = 1,
    from_index = coalesce(p.index, t.from_index), to_index = coalesce(p.index, t.from_index) + 1
  from suspect s left join parts p on p.first where t.id = s.id
  returning t.id, t.queue, t.priority, 1 as items),
others as (
  insert into task (workspace_id, job_id, stage_index, name, queue, priority, from_index, to_index, suspect, retries, ring_at, rings)
  select s.workspace_id, s.job_id, s.stage_index, s.name, s.queue, s.priority, p.index, p.index + 1, true, s.retries, now() + interval '2 s', 1
  from suspect s join parts p on not p.first
  returning id, queue, priority, 1 as items),
counted as (
  update stage g set tasks = g.tasks + o.n, remaining = g.remaining + o.n
  from suspect s, (select count(*)::int as n from others) o where g.job_id = s.job_id and g.index = s.stage_index and o.n > 0)
select * from kept union all select * from others`,
};

const quarantineStatement: Statement = {
  name: 'take-quarantined',
  text: `
with guilty as materialized (
  select id from task where ${expired} and to_index - from_index <= 1 and alone_since is not null and kills + 1 >= $1 order by id limit 100 for update skip locked)
update task t set attempt = t.attempt + 1, kills = t.kills + 1, alone_since = null, lease_until = now() + $2 * interval '1 s'
from guilty g where t.id = g.id
returning t.id, t.attempt, t.job_id as "jobId", t.from_index as "fromIndex", t.to_index as "toIndex"`,
};

const lateJobsStatement: Statement = {
  name: 'late-jobs',
  text: `select id from job where deadline_at < now() and finished_at is null order by id limit 100`,
};
