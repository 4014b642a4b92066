import type { Database, Statement } from '../database.js';
import { Grouped } from '../grouped.js';
import { leaseSeconds } from './lease.js';

/** An item as a task sees it. The clip's fields are null where the item has no clip. */
export interface ClaimedItem {
  index: number;
  customId: string | null;
  clipId: string | null;
  sha256: string | null;
  filename: string | null;
  sizeBytes: number | null;
  /** The clip was deleted after the job had been accepted. */
  deleted: boolean;
}

/** A task that this process owns while its lease lasts, and nobody with an older attempt does. */
export interface ClaimedTask {
  id: number;
  attempt: number;
  workspaceId: string;
  jobId: string;
  stageIndex: number;
  name: string;
  fromIndex: number;
  toIndex: number;
  retries: number;
  /** A worker died while it ran: it has to run alone. */
  suspect: boolean;
  /** Its stage is the job's last: what it says of an item is the item's result. */
  last: boolean;
  checkpoint: unknown;
  input: unknown;
  /** Of the request that asked for the job. */
  requestId: string | null;
  /** Those of its items that have no result yet. */
  items: ClaimedItem[];
}

interface Claim {
  ids: number[];
  withSuspect: boolean;
}

/** How far from the front of the queues a suspect is looked for; they are old, so they stand there. */
const suspectsWithin = 1_000;

/**
 * Takes tasks for one process: by id, as the doorbell rang for them, or as many of a queue as there are free places. Of suspects, which run
 * alone, it takes one at most and none without `withSuspect`: others would only wait beside it, and die with it.
 */
export class Claimer {
  private readonly byIds: Grouped<Claim, ClaimedTask[]>;

  constructor(
    private readonly database: Database,
    private readonly worker: string,
  ) {
    this.byIds = new Grouped((groups) => this.claimGroups(groups));
  }

  /** Claims those of the tasks that are still waiting; the others are somebody else's or done. */
  claim(ids: number[], { withSuspect = true } = {}): Promise<ClaimedTask[]> {
    return this.byIds.submit({ ids, withSuspect });
  }

  /** Claims waiting tasks of the queues until they cover `limit` items, urgent and old ones first. */
  claimNext(queues: readonly string[], limit: number, { withSuspect = true } = {}): Promise<ClaimedTask[]> {
    return this.database.run(claimNextStatement, [this.worker, leaseSeconds, queues, limit, withSuspect]);
  }

  /** Claims a suspect if one waits. */
  claimSuspect(queues: readonly string[]): Promise<ClaimedTask[]> {
    return this.database.run(claimSuspectStatement, [this.worker, leaseSeconds, queues, suspectsWithin]);
  }

  private async claimGroups(claims: Claim[]): Promise<ClaimedTask[][]> {
    const ids = claims.flatMap((claim) => claim.ids);
    const withSuspect = claims.some((claim) => claim.withSuspect);
    const claimed = await this.database.run<ClaimedTask>(claimIdsStatement, [this.worker, leaseSeconds, ids, withSuspect]);
    const byId = new Map(claimed.map((task) => [task.id, task]));
    return claims.map((claim) =>
      claim.ids.flatMap((id) => {
        const task = byId.get(id);
        byId.delete(id); // rung for twice in one group: the first takes it
        return task === undefined ? [] : [task];
      }),
    );
  }
}

// A job row that another process holds is skipped: whoever holds it marks the job as running too, or ends it.
const claimTail = `
claimed as (
  update task t set state = 'running', attempt = t.attempt + 1, worker = $1, lease_until = now() + $2 * interval '1 s', alone_since = null
  where t.id = any(array(select id from picked))
  returning t.id, t.attempt, t.workspace_id, t.job_id, t.stage_index, t.name, t.from_index, t.to_index, t.retries, t.suspect, t.checkpoint),
starting as (select id from job where id = any(array(select job_id from claimed)) and state = 'queued' order by id for update skip locked),
started as (
  update job j set state = 'running', started_at = now(), events = j.events + 1 from starting s where j.id = s.id and j.state = 'queued'
  returning j.id, j.workspace_id, j.events),
started_events as (insert into event (job_id, number, workspace_id, type, data) select id, events, workspace_id, 'job.started', '{}' from started)
select c.id, c.attempt, c.workspace_id as "workspaceId", c.job_id as "jobId", c.stage_index as "stageIndex", c.name, c.from_index as "fromIndex",
  c.to_index as "toIndex", c.retries, c.suspect, c.checkpoint, j.input, j.request_id as "requestId",
  not exists (select from stage s where s.job_id = c.job_id and s.index > c.stage_index) as last, coalesce(i.items, '[]'::json) as items
from claimed c join job j on j.id = c.job_id
left join lateral (
  select json_agg(json_build_object('index', i.index, 'customId', i.custom_id, 'clipId', i.clip_id, 'sha256', k.sha256, 'filename', k.filename,
    'sizeBytes', k.size_bytes, 'deleted', k.deleted_at is not null) order by i.index) as items
  from item i left join clip k on k.id = i.clip_id
  where i.job_id = c.job_id and i.index >= c.from_index and i.index < c.to_index and i.state = 'pending') i on true
order by c.id`;

// Sorted by id, or two processes that were rung for the same tasks in another order deadlock. The state is compared as an
// expression, or a plan may look for the ids in the index of all that waits.
const claimIdsStatement: Statement = {
  name: 'claim-ids',
  text: `
with waiting as materialized (
  select id, suspect from task
  where id = any($3::bigint[]) and state || '' = 'queued' and run_after <= now() and ($4 or not suspect) order by id for update skip locked),
picked as materialized (select id from waiting where not suspect or id = (select min(id) from waiting where suspect)),
${claimTail}`,
};

// Queue by queue, for the index has each queue's tasks in their order.
const claimNextStatement: Statement = {
  name: 'claim-next',
  text: `
with waiting as materialized (
  select w.* from unnest($3::text[]) q cross join lateral (
    select id, priority, suspect, to_index - from_index as items from task
    where queue = q and state = 'queued' and run_after <= now() and ($5 or not suspect) order by priority, id limit $4 for update skip locked) w),
admitted as (select * from waiting where not suspect or id = (select id from waiting where suspect order by priority, id limit 1)),
picked as materialized (
  select id from (select id, sum(greatest(items, 1)) over (order by priority, id) - greatest(items, 1) as before from admitted) w where before < $4),
${claimTail}`,
};

const claimSuspectStatement: Statement = {
  name: 'claim-suspect',
  text: `
with front as materialized (
  select w.* from unnest($3::text[]) q cross join lateral (
    select id, suspect from task where queue = q and state = 'queued' and run_after <= now() order by priority, id limit $4) w),
picked as materialized (
  select id from task where id = any(array(select id from front where suspect)) and state || '' = 'queued' order by priority, id limit 1 for update skip locked),
${claimTail}`,
};
