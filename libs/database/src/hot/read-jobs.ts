import type { JobState } from '@earshot/contracts';
import type { Database, Statement } from '../database.js';
import { Grouped } from '../grouped.js';
import type { Failure } from './commit.js';

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
  retryOf: string | null;
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
    this.grouped = new Grouped((wanted) => this.read(wanted));
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

const readJobsStatement: Statement = {
  name: 'read-jobs',
  text: `
select j.id, j.workspace_id as "workspaceId", j.kind, j.state, j.priority, j.input, j.metadata, j.total, j.succeeded, j.failed, j.error, j.retry_of as "retryOf",
  j.created_at as "createdAt", j.started_at as "startedAt", j.finished_at as "finishedAt", j.deadline_at as "deadlineAt", j.events,
  s.stage, s.stages, s.tasks, s.remaining as "tasksRemaining",
  case when j.state = 'queued' then (
    select count(*)::int from task f cross join lateral (
      select 1 from task a where a.queue = f.queue and a.state = 'queued' and (a.priority, a.id) < (f.priority, f.id) limit 10000) ahead
    where f.id = (select min(id) from task where job_id = j.id and stage_index = 0)) end as "queuePosition"
from job j cross join lateral (
  select max(name) filter (where index = j.stage_index) as stage, count(*)::int as stages, sum(tasks)::int as tasks, sum(remaining)::int as remaining
  from stage where job_id = j.id) s
where j.id = any($1::uuid[])`,
};
