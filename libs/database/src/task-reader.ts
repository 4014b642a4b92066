import type { ItemState } from '@earshot/contracts';
import type { Database } from './database.js';
import type { ClaimedItem, ClaimedTask } from './hot/claim.js';
import { sql } from './sql.js';

/** An item that a task for the whole job reads. It may have failed in an earlier stage, or be done with in all of them. */
export interface ReadItem extends Omit<ClaimedItem, 'hasDerived'> {
  state: Exclude<ItemState, 'cancelled'>;
}

export interface TaskOutputRow {
  stageIndex: number;
  ordinal: number;
  output: object;
}

/** What a task for a whole job reads of it: the items page by page, and what earlier stages have put out. */
export class TaskReader {
  constructor(
    private readonly database: Database,
    private readonly task: Pick<ClaimedTask, 'jobId' | 'workspaceId'>,
  ) {}

  /** The items with the `limit` indexes after `after` (−1: from the first one on), in their order. */
  page(after: number, limit: number): Promise<ReadItem[]> {
    return this.database.run<ReadItem>(readItemsStatement, [this.task.workspaceId, this.task.jobId, after, limit]);
  }

  /** What the job's tasks of that name put out, in the order of their stages and ordinals. */
  outputs(taskName: string): Promise<TaskOutputRow[]> {
    return this.database.run<TaskOutputRow>(readOutputsStatement, [this.task.jobId, taskName]);
  }

  /** Whether somebody has asked the job to come to its end with what it has. */
  async isStopAsked(): Promise<boolean> {
    const [row] = await this.database.run<{ asked: boolean }>(isStopAskedStatement, [this.task.jobId]);
    return row?.asked === true;
  }
}

const readItemsStatement = sql('read-items');
const readOutputsStatement = sql('read-outputs');
const isStopAskedStatement = sql('is-stop-asked');
