import type { Database } from './database.js';
import type { Failure } from './hot/commit.js';
import { sql } from './sql.js';

/** The channel on which workers hear at once that a job has ended under them. */
export const endedJobsChannel = 'earshot_ended_jobs';

export type AbruptEnd = 'cancelled' | 'expired' | 'failed';

/**
 * Ends jobs before their work is done, whatever it is doing. Their tasks, running ones too, lose their state in the same
 * statement, so that no commit of theirs can match any more; workers hear of it and abort. Items without a result stay as
 * they are: in an ended job they count as cancelled. Answers the jobs that were ended; the others had ended already.
 */
export async function closeJobs(database: Database, jobIds: string[], state: AbruptEnd, error: Failure): Promise<string[]> {
  const rows = await database.run<{ id: string }>(closeJobsStatement, [jobIds, state, JSON.stringify(error), endedJobsChannel]);
  return rows.map(({ id }) => id);
}

const closeJobsStatement = sql('close-jobs');
