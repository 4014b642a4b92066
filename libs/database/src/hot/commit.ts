import type pg from 'pg';
import { type Database, hot } from '../database.js';
import { effectWriters } from '../effects/effect-writers.js';
import type { Failure } from '../failure.js';
import type { Grouped } from '../grouped.js';
import { sql } from '../sql.js';
import { rungAtOnce, type WaitingTask } from './accept.js';
import type { OwnedTask } from './lease.js';

export type ItemOutcome = { index: number; result: object } | { index: number; error: Failure };

/** Something beyond its own rows that a task asks for, of the shape that the effect's contract says. */
export interface EffectCall {
  name: string;
  input: object;
}

export interface TaskCommit extends OwnedTask {
  /** Of items whose result another stage brings, nothing is told here. */
  items: ItemOutcome[];
  /** What it hands to later stages; from the last stage's one task, to the job. */
  output?: object;
  /** How it failed as a whole. Then each of its items carries an error too. */
  failure?: Failure;
  /** Written in the same transaction, in this order. */
  effects?: EffectCall[];
}

/** `owned` is false when a newer attempt owns the task or its job has ended: then nothing was written. */
export interface Committed {
  owned: boolean;
  /** Tasks of a stage that this commit opened, to ring for; those of a large stage wait for the dispatcher. */
  opened: WaitingTask[];
}

interface CommittedRow {
  task: number;
  attempt: number;
  workspaceId: string;
  jobId: string;
  opened: WaitingTask[] | null;
}

/**
 * The only way in which a task ends by itself. One statement: the fenced task rows, the results of their items, the jobs' counters,
 * the stages' countdown, and where that reaches zero the next stage's tasks or the end of the job, with its event rows.
 */
export class Committer {
  private readonly grouped: Grouped<TaskCommit, Committed>;

  constructor(private readonly database: Database) {
    this.grouped = database.grouped((commits) => this.commit(commits));
  }

  /** Throws when an effect refuses; then nothing was written at all. */
  submit(commit: TaskCommit): Promise<Committed> {
    return commit.effects === undefined || commit.effects.length === 0
      ? this.grouped.submit(commit)
      : this.commitWithEffects(commit, commit.effects);
  }

  private async commit(commits: TaskCommit[]): Promise<Committed[]> {
    const rows = new Map((await this.run(newestAttempts(commits))).map((row) => [row.task, row]));
    return commits.map(({ id, attempt }) => {
      const row = rows.get(id);
      return row?.attempt === attempt ? { owned: true, opened: row.opened ?? [] } : { owned: false, opened: [] };
    });
  }

  /** Effects are written after the outcome and under its fence: by the attempt that owns the task, once, or not at all. */
  private commitWithEffects(commit: TaskCommit, effects: EffectCall[]): Promise<Committed> {
    return this.database.transaction(async (client) => {
      const [row] = await this.run([commit], client);
      if (row === undefined) return { owned: false, opened: [] };
      const opened = row.opened ?? [];
      for (const { name, input } of effects) {
        const writer = effectWriters.find(({ effect }) => effect.name === name);
        if (writer === undefined) throw new Error(`There is no effect ${name}`);
        opened.push(...(await writer.write(input, { database: this.database, client, ...row })));
      }
      return { owned: true, opened };
    });
  }

  private run(commits: TaskCommit[], client?: pg.ClientBase): Promise<CommittedRow[]> {
    const outcomes = commits.flatMap(({ items }) => items.map(asColumns));
    const values = [
      commits.map(({ id }) => id),
      rungAtOnce,
      commits.map(({ attempt }) => attempt),
      commits.map(({ output }) => asJson(output)),
      commits.map(({ failure }) => asJson(failure)),
      placesOf(commits),
      outcomes.map(({ index }) => index),
      outcomes.map(({ result }) => result),
      outcomes.map(({ error }) => error),
    ];
    return this.database.run<CommittedRow>(commitStatement, values, client);
  }
}

/** Two attempts at one task may be in one group; only the newer one can still own it. */
function newestAttempts(commits: TaskCommit[]): TaskCommit[] {
  const inOrder = commits.toSorted((a, b) => a.attempt - b.attempt);
  return [...new Map(inOrder.map((commit) => [commit.id, commit])).values()];
}

/** Where the outcomes of each begin among all of them, from 1, and behind the last where they end. */
function placesOf(commits: TaskCommit[]): number[] {
  let place = 1;
  return [place, ...commits.map(({ items }) => (place += items.length))];
}

function asColumns(item: ItemOutcome): { index: number; result: string | null; error: string | null } {
  return 'error' in item
    ? { index: item.index, result: null, error: JSON.stringify(item.error) }
    : { index: item.index, result: JSON.stringify(item.result), error: null };
}

function asJson(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

const commitStatement = hot(sql('commit'));
