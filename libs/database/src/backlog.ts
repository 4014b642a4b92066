import type { JobState } from '@earshot/contracts';
import type { Database } from './database.js';
import { leaseSeconds } from './hot/lease.js';
import { sql } from './sql.js';

/** The tasks of one queue. */
export interface TaskBacklog {
  queue: string;
  queued: number;
  running: number;
  /** For how long the oldest of those has waited that could be claimed; null when none waits. */
  oldestSeconds: number | null;
}

/** The jobs of one kind that are in one state, of those that have not ended. */
export interface JobBacklog {
  kind: string;
  state: JobState;
  jobs: number;
}

/** What has not ended of one caller. */
export interface WaitingWork {
  caller: string;
  jobs: number;
  /** Without a result; a job without items counts as one. */
  items: number;
  /** That came with the jobs. */
  bytes: number;
}

/** Processes that take tasks: those that were seen of late, and of these the ones that were told to end. */
export interface WorkerCount {
  live: number;
  ending: number;
}

/** More than so many are counted as so many: that is backlog enough, and the look at it stays short. */
export const countedAtMost = 100_000;

/** What waits and what is being worked on, in all workspaces. */
export class Backlog {
  constructor(private readonly database: Database) {}

  tasks(queues: readonly string[]): Promise<TaskBacklog[]> {
    return this.database.run(tasksStatement, [queues, countedAtMost]);
  }

  /** Workers beat every few seconds also when they have nothing to do. */
  async workers(): Promise<WorkerCount> {
    const [counted = { live: 0, ending: 0 }] = await this.database.run<WorkerCount>(workersStatement, [leaseSeconds]);
    return counted;
  }

  /** By caller, all of it: what limits are held against is not cut off. */
  waiting(): Promise<WaitingWork[]> {
    return this.database.run(waitingStatement, []);
  }

  jobs(): Promise<JobBacklog[]> {
    return this.database.run(jobsStatement, [countedAtMost]);
  }
}

const workersStatement = sql('backlog-workers');
const tasksStatement = sql('backlog-tasks');
const waitingStatement = sql('waiting-work');
const jobsStatement = sql('backlog-jobs');
