import type { Database, Statement } from './database.js';

/** How far somebody has read a job's events. */
export interface EventCursor {
  jobId: string;
  /** Number of the last event they have; 0 before the first. */
  after: number;
}

export interface JobEventRow {
  jobId: string;
  number: number;
  type: string;
  data: object;
  createdAt: Date;
}

const eventsOfOneJob = 200;

/** The events of one workspace's jobs. They are numbered under their job's lock, so that a reader never misses one. */
export class EventRepository {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  /** What came after the cursors, of all these jobs in one statement: at most 200 of each, in the order of their numbers. */
  after(cursors: EventCursor[]): Promise<JobEventRow[]> {
    const values = [this.workspaceId, cursors.map(({ jobId }) => jobId), cursors.map(({ after }) => after), eventsOfOneJob];
    return this.database.run<JobEventRow>(eventsAfterStatement, values);
  }
}

const eventsAfterStatement: Statement = {
  name: 'events-after',
  text: `
select e.job_id as "jobId", e.number, e.type, e.data, e.created_at as "createdAt"
from unnest($2::uuid[], $3::int[]) as c(job_id, after) cross join lateral (
  select * from event where job_id = c.job_id and number > c.after and workspace_id = $1 order by number limit $4) e
order by e.job_id, e.number`,
};
