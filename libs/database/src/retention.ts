// What is too old goes, in statements so short that nobody waits for them. A job leaves the list first, so that nobody finds half of it;
// its other rows follow in pages, as do those of an upload that never became a job.

import { Batches } from './batches.js';
import { Checkpoints } from './checkpoints.js';
import type { Database } from './database.js';
import { firstId } from './first-id.js';
import { answersKeptHours } from './idempotency.repository.js';
import { asLeader } from './leader.js';
import { sql } from './sql.js';

/** For how many days things are kept; null: for good. */
export interface RetentionPolicy {
  /** Jobs after their end, with their items, events, stages and tasks; and what is left of deleted clips. */
  days: number | null;
  /** Jobs of some kinds for another time. */
  daysByKind: Readonly<Record<string, number | null>>;
}

/** Where nothing else is said. */
export const defaultRetention: RetentionPolicy = { days: 30, daysByKind: {} };

/** What one sweep removed. */
export interface Removed {
  jobs: number;
  items: number;
  clips: number;
  answers: number;
  /** Of its statements the one that took longest. */
  longest: { statement: string; ms: number };
  /** False: its time was over, and there is more. */
  isDone: boolean;
}

/** Jobs whose rows are removed together. */
const jobsAtOnce = 100;

/** Ended tasks that let go of their checkpoints in one statement. */
const checkpointsAtOnce = 100;

/** Removes what the policy does not keep; of all workspaces. */
export class Retention {
  /** By kind, when the last job had ended that was taken out of the list, until all of them are. */
  private readonly reached = new Map<string, Date>();

  constructor(
    private readonly database: Database,
    private readonly policy: RetentionPolicy,
  ) {}

  /** Goes on until nothing is left or the time is over. Does nothing when another process is at it: null. */
  async sweep({ limitMs = 10_000, signal }: { limitMs?: number; signal?: AbortSignal } = {}): Promise<Removed | null> {
    let removed: Removed | null = null;
    await asLeader(this.database, retentionLock, async () => {
      removed = await this.removeOld(new Batches(this.database, { limitMs, signal }));
    });
    return removed;
  }

  private async removeOld(batches: Batches): Promise<Removed> {
    const answers = await batches.all(forgetAnswersStatement, [answersKeptHours]);
    let jobs = 0;
    for (const { kind } of await this.database.run<{ kind: string }>(endedKindsStatement, [])) {
      const days = Object.hasOwn(this.policy.daysByKind, kind) ? this.policy.daysByKind[kind] : this.policy.days;
      if (typeof days === 'number') jobs += await this.unlistJobs(batches, kind, days);
    }
    const items = await this.removeUnlisted(batches);
    const clips = this.policy.days === null ? 0 : await this.removeTombstones(batches, this.policy.days);
    return { jobs, items, clips, answers, longest: batches.longest, isDone: !batches.isOver };
  }

  /** From place to place also over several sweeps: until the table is tidied up, what was taken out is still on the way. */
  private async unlistJobs(batches: Batches, kind: string, days: number): Promise<number> {
    let jobs = 0;
    while (!batches.isOver) {
      const from = this.reached.get(kind) ?? new Date(0);
      const { rows, size } = await batches.page<{ n: number; last: Date }>(unlistJobsStatement, [kind, days, from]);
      const { n, last } = rows[0] ?? { n: 0, last: from };
      jobs += n;
      if (n < size) {
        this.reached.delete(kind);
        break;
      }
      this.reached.set(kind, last);
    }
    return jobs;
  }

  /** Returns how many items there were. */
  private async removeUnlisted(batches: Batches): Promise<number> {
    const checkpoints = new Checkpoints(this.database);
    while (!batches.isOver && (await checkpoints.release(checkpointsAtOnce)) === checkpointsAtOnce); // what holds blobs is not removed
    let items = 0;
    while (!batches.isOver) {
      const due = await this.database.run<{ id: string }>(dueUnlistedJobsStatement, [jobsAtOnce]);
      const ids = due.map(({ id }) => id);
      if (ids.length === 0) break;
      items += await removeItems(batches, ids);
      for (const statement of [removeEventsStatement, removeTasksStatement, removeStagesStatement]) await batches.all(statement, [ids]);
      if (batches.isOver) break;
      const [forgotten] = await this.database.run<{ n: number }>(forgetUnlistedJobsStatement, [ids]);
      if ((forgotten?.n ?? 0) === 0) break; // each still has a checkpoint; the next sweep lets go of more of them
    }
    return items;
  }

  private async removeTombstones(batches: Batches, days: number): Promise<number> {
    let clips = 0;
    for (let last = { deletedAt: new Date(0), id: firstId }; !batches.isOver; ) {
      const { rows } = await batches.page<{ n: number; deletedAt: Date; id: string }>(removeTombstonesStatement, [
        days,
        last.deletedAt,
        last.id,
      ]);
      const [page] = rows;
      if (page === undefined) break;
      clips += page.n;
      last = page;
    }
    return clips;
  }
}

const retentionLock = 7_270_814_235;

async function removeItems(batches: Batches, jobIds: string[]): Promise<number> {
  let items = 0;
  for (let last = { jobId: firstId, index: -1 }; !batches.isOver; ) {
    const { rows } = await batches.page<{ n: number; jobId: string; index: number }>(removeItemsStatement, [
      jobIds,
      last.jobId,
      last.index,
    ]);
    const [page] = rows;
    if (page === undefined) break;
    items += page.n;
    last = page;
  }
  return items;
}

const forgetAnswersStatement = sql('forget-answers');
const endedKindsStatement = sql('ended-kinds');
const unlistJobsStatement = sql('unlist-jobs');
const dueUnlistedJobsStatement = sql('due-unlisted-jobs');
const removeItemsStatement = sql('remove-items');
const removeEventsStatement = sql('remove-events');
const removeTasksStatement = sql('remove-tasks');
const removeStagesStatement = sql('remove-stages');
const forgetUnlistedJobsStatement = sql('forget-unlisted-jobs');
const removeTombstonesStatement = sql('remove-tombstones');
