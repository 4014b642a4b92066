// What the reconciler does with tasks whose worker is gone, and with jobs whose deadline has passed.
import type pg from 'pg';
import { closeJobs, lockJobs } from './close-jobs.js';
import type { Database } from './database.js';
import type { WaitingTask } from './hot/accept.js';
import { leaseSeconds, type OwnedTask } from './hot/lease.js';
import { asLeader } from './leader.js';
import { sql } from './sql.js';

/** A task that has killed this many workers while it ran alone is given up. */
const killsToQuarantine = 3;

/** A task given up: owned by the reconciler, which commits its failure. */
export interface QuarantinedTask extends OwnedTask {
  jobId: string;
  /** Of the job. */
  kind: string;
  fromIndex: number;
  toIndex: number;
}

export class Reconciliation {
  constructor(private readonly database: Database) {}

  /** Runs `work` unless another process is at it; two at it do no harm. */
  asLeader(work: () => Promise<void>, options: { limitMs?: number } = {}): Promise<boolean> {
    return asLeader(this.database, reconcilerLock, work, options);
  }

  /**
   * Whether who is not seen can be taken for dead. Not when Postgres or everybody was away: then nobody could be seen, and all have the
   * length of a lease to be seen again.
   */
  async beginLook(): Promise<boolean> {
    const [look] = await this.database.run<{ trusted: boolean }>(beginLookStatement, [leaseSeconds]);
    return look?.trusted === true;
  }

  /** Puts tasks with an expired lease back; those of dead workers as suspects. Counts the death of one that ran alone. */
  requeueExpired(): Promise<WaitingTask[]> {
    return this.database.run(requeueStatement, [leaseSeconds, killsToQuarantine]);
  }

  /** Splits chunks of dead workers into one task for each item, until the guilty one stands alone. */
  async splitExpired(): Promise<WaitingTask[]> {
    const suspects = await this.database.run<{ id: number; jobId: string }>(expiredChunksStatement, [leaseSeconds]);
    const parts = await Promise.all(suspects.map((suspect) => this.database.transaction((client) => this.split(client, suspect))));
    return parts.flat();
  }

  /** Takes over tasks that killed their workers too often. */
  takeQuarantined(): Promise<QuarantinedTask[]> {
    return this.database.run(quarantineStatement, [leaseSeconds, killsToQuarantine, leaseSeconds]);
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

  private async split(client: pg.PoolClient, { id, jobId }: { id: number; jobId: string }): Promise<WaitingTask[]> {
    const [open] = await lockJobs(this.database, client, [jobId]);
    return open === undefined ? [] : this.database.run<WaitingTask>(splitStatement, [id], client);
  }
}

const reconcilerLock = 7_270_814_234;

const beginLookStatement = sql('begin-look');
const requeueStatement = sql('requeue-expired');
const expiredChunksStatement = sql('expired-chunks');
const splitStatement = sql('split-expired');
const quarantineStatement = sql('take-quarantined');
const lateJobsStatement = sql('late-jobs');
