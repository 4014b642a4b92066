import type { JobState } from '@earshot/contracts';
import type { Progress } from '../checkpoints.js';
import { type Database, hot } from '../database.js';
import type { Failure } from '../failure.js';
import type { Grouped } from '../grouped.js';
import { QueueFronts } from '../queue-fronts.js';
import { sql } from '../sql.js';

export interface JobRow {
  id: string;
  workspaceId: string;
  kind: string;
  state: JobState;
  priority: number;
  /** The job's options. */
  input: unknown;
  metadata: Record<string, string>;
  total: number;
  succeeded: number;
  failed: number;
  error: Failure | null;
  /** The last sign of progress of one of its tasks. */
  progress: (Progress & { task: string; ordinal: number }) | null;
  retryOf: string | null;
  /** The job whose task started it. */
  startedBy: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  deadlineAt: Date | null;
  /** Number of its last event. */
  events: number;
  /** Name of the open stage. */
  stage: string;
  stages: number;
  /** Over all stages. */
  tasks: number;
  tasksRemaining: number;
  /** Waiting tasks ahead of its first, while it is queued, as seen within the last second; at most 1,000 are counted. */
  queuePosition: number | null;
}

/** Reads jobs of one workspace; reads that come together share one statement. */
export class JobReader {
  private readonly grouped: Grouped<{ workspaceId: string; id: string }, JobRow | null>;

  private readonly fronts: QueueFronts;

  constructor(private readonly database: Database) {
    this.fronts = new QueueFronts(database);
    this.grouped = database.grouped((wanted) => this.read(wanted));
  }

  find(workspaceId: string, id: string): Promise<JobRow | null> {
    return this.grouped.submit({ workspaceId, id });
  }

  private async read(wanted: { workspaceId: string; id: string }[]): Promise<(JobRow | null)[]> {
    const rows = await this.database.run<StoredJob>(readJobsStatement, [wanted.map(({ id }) => id)]);
    const jobs = await Promise.all(rows.map((row) => this.withPosition(row)));
    const byId = new Map(jobs.map((job) => [job.id, job]));
    return wanted.map(({ workspaceId, id }) => {
      const row = byId.get(id);
      return row !== undefined && row.workspaceId === workspaceId ? row : null;
    });
  }

  private async withPosition({ queue, ...job }: StoredJob): Promise<JobRow> {
    return { ...job, queuePosition: job.state === 'queued' ? await this.fronts.position({ ...job, queue }) : null };
  }
}

/** Beside what is told: the queue of its open stage. */
export type StoredJob = Omit<JobRow, 'queuePosition'> & { queue: string };

const readJobsStatement = hot(sql('read-jobs'));
