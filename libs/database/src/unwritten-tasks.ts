import { lockJobs } from './close-jobs.js';
import type { Database } from './database.js';
import { sql } from './sql.js';

/** Tasks of a queue and a kind of slot that wait, from the most urgent to one as urgent as what is still to be written: more are not written. */
export const waitingAtMost = 10_000;

/** Tasks in one statement: commits of the same job wait for it. */
const tasksPerPage = 1_000;

/** Only then there is room for a whole page: one task after the other, as workers take them, would be a look at the queue for each. */
const waitingForPage = waitingAtMost - tasksPerPage;

interface Next {
  jobId: string;
  stageIndex: number;
  task: string;
}

/**
 * Stages of very many tasks are opened by one row that says so, and their tasks written in pages ahead of those who work on them. So neither
 * opening such a stage nor ending its job is a statement over all of them.
 */
export class UnwrittenTasks {
  constructor(private readonly database: Database) {}

  /** Writes tasks of the queues by whole pages, so that at most `waitingAtMost` wait; returns how many. */
  async write(queues: readonly string[]): Promise<number> {
    let written = 0;
    for (;;) {
      const next = await this.database.run<Next>(nextStatement, [queues, waitingForPage]);
      if (next.length === 0) return written;
      for (const page of next) written += await this.writePage(page);
    }
  }

  /** Under the job's lock: whoever ends the job ends what was written before, and nothing is written after. */
  private writePage({ jobId, stageIndex, task }: Next): Promise<number> {
    return this.database.transaction(async (client) => {
      const open = await lockJobs(this.database, client, [jobId]);
      if (open.length === 0) {
        await this.database.run(forgetStatement, [jobId], client);
        return 0;
      }
      const [row] = await this.database.run<{ n: number }>(writeStatement, [jobId, stageIndex, task, tasksPerPage], client);
      return row?.n ?? 0;
    });
  }
}

const nextStatement = sql('next-unwritten');
const writeStatement = sql('write-tasks');
const forgetStatement = sql('forget-unwritten');
