// What the reconciler does with tasks whose worker is gone, and with jobs whose deadline has passed.
import { closeJobs } from './close-jobs.js';
import type { Database } from './database.js';
import { leaseSeconds } from './hot/lease.js';
import { asLeader } from './leader.js';
import { LookForDead } from './look-for-dead.js';
import { sql } from './sql.js';

export class Reconciliation {
  constructor(private readonly database: Database) {}

  /** Runs `work` unless another process is at it; two at it do no harm. */
  asLeader(work: () => Promise<void>, options: { limitMs?: number } = {}): Promise<boolean> {
    return asLeader(this.database, reconcilerLock, work, options);
  }

  /**
   * A look at who is dead. None while who is not seen cannot be taken for dead, because Postgres or everybody was away: then nobody could be
   * seen, and all have the length of a lease to be seen again.
   */
  async beginLook(): Promise<LookForDead | undefined> {
    const [look] = await this.database.run<{ instant: string }>(beginLookStatement, [leaseSeconds]);
    return look && new LookForDead(this.database, look.instant);
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
}

const reconcilerLock = 7_270_814_234;

const beginLookStatement = sql('begin-look');
const lateJobsStatement = sql('late-jobs');
