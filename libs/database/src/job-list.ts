// The list of jobs. Each filter reads its own stretch of an index, newest first, so that a page costs the same whatever there is beside it.
import { type JobState, jobStates } from '@earshot/contracts';
import pg from 'pg';
import type { Database } from './database.js';
import { sql } from './sql.js';

export interface JobFilter {
  state?: JobState;
  kind?: string;
  /** Those that try this job again. */
  retryOf?: string;
}

export interface JobCount {
  total: number;
  /** False: there are more than are counted, and `total` is what the statistics of the table say. */
  isExact: boolean;
}

/** Counted one by one; 10,000 take 3 ms. */
export const countedAtMost = 10_000;

export class JobList {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  /** The ids of jobs that are older than `before`, newest first. */
  async page({ kind, retryOf, ...filter }: JobFilter, before: string | null, limit: number): Promise<string[]> {
    const values = [this.workspaceId, statesOf(filter), before ?? afterAll, limit];
    const rows =
      retryOf !== undefined
        ? await this.database.run<{ id: string }>(pageOfRetriesStatement, [...values, retryOf, kind ?? null])
        : kind !== undefined
          ? await this.database.run<{ id: string }>(pageOfKindStatement, [...values, kind])
          : await this.database.run<{ id: string }>(pageStatement, values);
    return rows.map(({ id }) => id);
  }

  /** How many there are: counted as far as that is quick, estimated beyond. */
  async count({ kind, retryOf, ...filter }: JobFilter): Promise<JobCount> {
    const values = [this.workspaceId, statesOf(filter), countedAtMost + 1];
    const [counted] =
      retryOf !== undefined
        ? await this.database.run<{ n: number }>(countRetriesStatement, [...values, retryOf, kind ?? null])
        : kind !== undefined
          ? await this.database.run<{ n: number }>(countOfKindStatement, [...values, kind])
          : await this.database.run<{ n: number }>(countStatement, values);
    const n = counted?.n ?? 0;
    if (n <= countedAtMost) return { total: n, isExact: true };
    return { total: Math.max(n, await this.estimate(filter, kind)), isExact: false };
  }

  /** As the planner expects it, from the samples that autovacuum takes. */
  private async estimate({ state }: Pick<JobFilter, 'state'>, kind: string | undefined): Promise<number> {
    const conditions = Object.entries({ workspace_id: this.workspaceId, state, kind }).flatMap(([column, value]) =>
      value === undefined ? [] : [`${column} = ${pg.escapeLiteral(value)}`],
    );
    const text = `explain (format json) select from job where ${conditions.join(' and ')}`;
    const [row] = await this.database.run<ExplainRow>({ name: '', text }, []);
    return row?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
  }
}

interface ExplainRow {
  'QUERY PLAN': { Plan: { 'Plan Rows': number } }[];
}

function statesOf({ state }: Pick<JobFilter, 'state'>): readonly JobState[] {
  return state === undefined ? jobStates : [state];
}

const afterAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const pageStatement = sql('page-of-jobs');
const pageOfKindStatement = sql('page-of-jobs-of-kind');
const pageOfRetriesStatement = sql('page-of-retries');
const countStatement = sql('count-jobs');
const countOfKindStatement = sql('count-jobs-of-kind');
const countRetriesStatement = sql('count-retries');
