import type { PlannedStage, Slot } from '@earshot/contracts';
import { type Ability, type ClaimedTask, Claimer } from '../hot/claim.js';
import { type Committed, Committer, type TaskCommit } from '../hot/commit.js';
import type { JobRow } from '../hot/read-jobs.js';
import type { FreshDatabase } from './fresh-database.js';
import { sampleAbility, sampleJob } from './sample.js';

interface ClaimOptions {
  worker?: string;
  able?: Ability[];
  slot?: Slot;
}

/** Jobs and their work by hand, for specs: as a worker does it, without one. */
export function working(fresh: FreshDatabase) {
  const sql = (text: string, values: unknown[] = []) => fresh.database.run<Record<string, unknown>>({ name: '', text }, values);
  return {
    sql,

    async create(stages: PlannedStage[], items = 0): Promise<string> {
      const job = sampleJob({ stages });
      await fresh.workspace.jobs.createOverClips(
        job,
        Array.from({ length: items }, (_, i) => ({ clipId: null, customId: `item ${i}` })),
      );
      return job.id;
    },

    claim(limit = 100, { worker = 'spec', able = sampleAbility, slot = 'short' }: ClaimOptions = {}): Promise<ClaimedTask[]> {
      return new Claimer(fresh.database, worker, able).claimNext(['extract', 'train'], limit, { slot });
    },

    /** Each item succeeds, unless the outcome says something else. */
    commit({ id, attempt, items }: ClaimedTask, outcome: Partial<TaskCommit> = {}): Promise<Committed> {
      const results = items.map(({ index }) => ({ index, result: { fine: true } }));
      return new Committer(fresh.database).submit({ id, attempt, items: results, ...outcome });
    },

    job(id: string): Promise<JobRow> {
      return fresh.workspace.jobs.get(id);
    },

    tasks(jobId: string): Promise<Record<string, unknown>[]> {
      return sql('select * from task where job_id = $1 order by id', [jobId]);
    },

    /** Resolves when another connection waits for a lock. */
    async somebodyWaits(): Promise<void> {
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await sql(waiting)).length === 0);
    },
  };
}
