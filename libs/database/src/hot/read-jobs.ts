import type { JobState } from '@earshot/contracts';
import type { Progress } from '../checkpoints.js';
import { type Database, hot } from '../database.js';
import type { Failure } from '../failure.js';
import type { Grouped } from '../grouped.js';
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
  /** Waiting tasks ahead of its first, while it is queued; at most 10,000 are counted. */
  queuePosition: number | null;
}

/** Reads jobs of one workspace; reads that come together share one statement. */
export class JobReader {
  private readonly grouped: Grouped<{ workspaceId: string; id: string }, JobRow | null>;

  constructor(private readonly database: Database) {
    this.grouped = database.grouped((wanted) => this.read(wanted));
  }

  find(workspaceId: string, id: string): Promise<JobRow | null> {
    return this.grouped.submit({ workspaceId, id });
  }

  private async read(wanted: { workspaceId: string; id: string }[]): Promise<(JobRow | null)[]> {
    const rows = await this.database.run<JobRow>(readJobsStatement, [wanted.map(({ id }) => id)]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return wanted.map(({ workspaceId, id }) => {
      const row = byId.get(id);
      return row !== undefined && row.workspaceId === workspaceId ? row : null;
    });
  }
}

const readJobsStatement = hot(sql('read-jobs'));
