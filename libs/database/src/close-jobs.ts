import type pg from 'pg';
import type { Database } from './database.js';
import type { Failure } from './failure.js';
import type { OwnedTask } from './hot/lease.js';
import { sql } from './sql.js';

/** The channel on which workers hear at once that a job has ended under them. */
export const endedJobsChannel = 'earshot_ended_jobs';

export type AbruptEnd = 'cancelled' | 'expired' | 'failed';

/**
 * Ends jobs before their work is done, whatever it is doing. Their tasks, running ones too, lose their state in the same transaction, so
 * that no commit of theirs can match any more; workers hear of it and abort. Items without a result stay as they are: in an ended job they
 * count as cancelled. Returns the jobs that were ended; the others had ended already.
 */
export function closeJobs(database: Database, jobIds: string[], state: AbruptEnd, error: Failure): Promise<string[]> {
  return database.transaction(async (client) => {
    const open = await lockJobs(database, client, jobIds);
    return open.length === 0 ? [] : close(database, client, open, state, error);
  });
}

/** Ends a job because a task for all of it has failed. False when the attempt does not own the task any more: then nothing was written. */
export function failJob(database: Database, { id, attempt, jobId }: OwnedTask & { jobId: string }, error: Failure): Promise<boolean> {
  return database.transaction(async (client) => {
    await lockJobs(database, client, [jobId]);
    const failed = await database.run(failTaskStatement, [id, attempt, JSON.stringify(error)], client);
    if (failed.length > 0) await close(database, client, [jobId], 'failed', error);
    return failed.length > 0;
  });
}

/**
 * Locks those of the jobs that have not ended, and returns them. Whoever then reads or writes rows of theirs in the same transaction sees
 * all that was written under the lock before; a statement that itself waited for it would not.
 */
export async function lockJobs(database: Database, client: pg.ClientBase, jobIds: string[]): Promise<string[]> {
  return (await database.run<{ id: string }>(lockJobsStatement, [jobIds], client)).map(({ id }) => id);
}

/** Those of the jobs that have ended, however they did. */
export async function endedAmong(database: Database, jobIds: string[]): Promise<string[]> {
  return (await database.run<{ id: string }>(endedJobsStatement, [jobIds])).map(({ id }) => id);
}

async function close(database: Database, client: pg.ClientBase, jobIds: string[], state: AbruptEnd, error: Failure): Promise<string[]> {
  const values = [jobIds, state, JSON.stringify(error), endedJobsChannel];
  return (await database.run<{ id: string }>(closeJobsStatement, values, client)).map(({ id }) => id);
}

const lockJobsStatement = sql('lock-jobs');
const closeJobsStatement = sql('close-jobs');
const failTaskStatement = sql('fail-task');
const endedJobsStatement = sql('ended-jobs');
