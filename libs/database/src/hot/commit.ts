import type { Database } from '../database.js';
import { Grouped } from '../grouped.js';
import { sql } from '../sql.js';
import { rungAtOnce, type WaitingTask } from './accept.js';
import type { OwnedTask } from './lease.js';

/** How an item or a job failed. */
export interface Failure {
  code: string;
  detail: string;
}

export type ItemOutcome = { index: number; result: object } | { index: number; error: Failure };

export interface TaskCommit extends OwnedTask {
  /** Of items whose result another stage brings, nothing is told here. */
  items: ItemOutcome[];
}

/** `owned` is false when a newer attempt owns the task or its job has ended: then nothing was written. */
export interface Committed {
  owned: boolean;
  /** Tasks of a stage that this commit opened, to ring for; those of a large stage wait for the dispatcher. */
  opened: WaitingTask[];
}

/**
 * The only way in which a task succeeds. One statement: the fenced task rows, the results of their items, the jobs' counters,
 * the stages' countdown, and where that reaches zero the next stage's tasks or the end of the job, with its event rows.
 */
export class Committer {
  private readonly grouped: Grouped<TaskCommit, Committed>;

  constructor(private readonly database: Database) {
    this.grouped = new Grouped((commits) => this.commit(commits));
  }

  submit(commit: TaskCommit): Promise<Committed> {
    return this.grouped.submit(commit);
  }

  private async commit(commits: TaskCommit[]): Promise<Committed[]> {
    const items = commits.flatMap((commit, n) => commit.items.map((item) => ({ n: n + 1, ...asColumns(item) })));
    const rows = await this.database.run<{ task: number; opened: WaitingTask[] | null }>(commitStatement, [
      commits.map(({ id }) => id),
      commits.map(({ attempt }) => attempt),
      items.map(({ n }) => n),
      items.map(({ index }) => index),
      items.map(({ result }) => result),
      items.map(({ error }) => error),
      rungAtOnce,
    ]);
    const done = new Map(rows.map(({ task, opened }) => [task, opened ?? []]));
    return commits.map(({ id }) => ({ owned: done.has(id), opened: done.get(id) ?? [] }));
  }
}

function asColumns(item: ItemOutcome): { index: number; result: string | null; error: string | null } {
  return 'error' in item
    ? { index: item.index, result: null, error: JSON.stringify(item.error) }
    : { index: item.index, result: JSON.stringify(item.result), error: null };
}

const commitStatement = sql('commit');
