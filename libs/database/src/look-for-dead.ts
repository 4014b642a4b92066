import type pg from 'pg';
import { lockJobs } from './close-jobs.js';
import type { Database } from './database.js';
import type { WaitingTask } from './hot/accept.js';
import { leaseSeconds, type OwnedTask } from './hot/lease.js';
import { sql } from './sql.js';

/** Into so many parts a chunk is split whose worker died. */
const partsOfAChunk = 16;

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

/**
 * What dead workers held, as it was at one instant of the database's clock: between two statements with instants of their own a lease may
 * end, and what ran together would be judged apart.
 */
export class LookForDead {
  constructor(
    private readonly database: Database,
    private readonly instant: string,
  ) {}

  /** Puts tasks with an expired lease back; those of dead workers as suspects. Counts the death of one that ran alone. */
  requeueExpired(): Promise<WaitingTask[]> {
    return this.database.run(requeueStatement, [leaseSeconds, this.instant, killsToQuarantine]);
  }

  /** Splits chunks of dead workers into parts, and these again, until the guilty item stands alone. */
  async splitExpired(): Promise<WaitingTask[]> {
    const suspects = await this.database.run<{ id: number; jobId: string }>(expiredChunksStatement, [leaseSeconds, this.instant]);
    const parts = await Promise.all(suspects.map((suspect) => this.database.transaction((client) => this.split(client, suspect))));
    return parts.flat();
  }

  /** Takes over tasks that killed their workers too often. */
  takeQuarantined(): Promise<QuarantinedTask[]> {
    return this.database.run(quarantineStatement, [leaseSeconds, this.instant, killsToQuarantine]);
  }

  private async split(client: pg.PoolClient, { id, jobId }: { id: number; jobId: string }): Promise<WaitingTask[]> {
    const [open] = await lockJobs(this.database, client, [jobId]);
    return open === undefined ? [] : this.database.run<WaitingTask>(splitStatement, [id, this.instant, partsOfAChunk], client);
  }
}

const requeueStatement = sql('requeue-expired');
const expiredChunksStatement = sql('expired-chunks');
const splitStatement = sql('split-expired');
const quarantineStatement = sql('take-quarantined');
