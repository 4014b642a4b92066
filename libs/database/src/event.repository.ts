import { type Database, hot } from './database.js';
import { sql } from './sql.js';

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

const eventsAfterStatement = hot(sql('events-after'));
