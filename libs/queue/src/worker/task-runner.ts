import { setTimeout as sleep } from 'node:timers/promises';
import { EarshotError, errorCodes } from '@earshot/contracts';
import {
  type ClaimedTask,
  Committer,
  coversItems,
  type Database,
  failJob,
  type ItemOutcome,
  Leases,
  type TaskCommit,
} from '@earshot/database';
import type { Doorbell } from '../doorbell/doorbell.js';
import type { EngineLog } from '../log.js';
import type { HandledTask } from './handler-registry.js';
import { Outcomes } from './outcomes.js';

export type TaskEnd = 'succeeded' | 'failed' | 'postponed' | 'aborted';

/** Hears of items of a kind of job whose outcome has been written. */
export type ItemsListener = (kind: string, items: readonly ItemOutcome[]) => void;

/** What the log lines of a task carry: it is around the task like a parenthesis. */
export type TaskContextRunner = (
  context: { taskId: string; jobId: string; attempt: number; requestId?: string },
  run: () => Promise<TaskEnd>,
) => Promise<TaskEnd>;

interface TaskRunnerOptions {
  database: Database;
  doorbell: Doorbell;
  handlers: ReadonlyMap<string, HandledTask>;
  log: EngineLog;
  /** Runs a task so that its log lines tell whose they are. */
  inContext?: TaskContextRunner;
  /** Told of items whose outcome is written, with the kind of their job. */
  onItems?: ItemsListener;
}

const retriesOfATask = 5;

/** Runs a claimed task by its handler, and writes what became of it while this process still owns it. */
export class TaskRunner {
  private readonly committer: Committer;
  private readonly leases: Leases;

  constructor(private readonly options: TaskRunnerOptions) {
    this.committer = new Committer(options.database);
    this.leases = new Leases(options.database);
  }

  /** Never rejects. An aborted task is left to whoever owns it now; `handsBack` says that this process still does. */
  run(task: ClaimedTask, signal: AbortSignal, handsBack: () => boolean): Promise<TaskEnd> {
    const { id, jobId, attempt, requestId } = task;
    const inContext = this.options.inContext ?? ((_, run) => run());
    const context = { taskId: String(id), jobId, attempt, ...(requestId === null ? {} : { requestId }) };
    return inContext(context, () => this.logged(task, () => this.attempt(task, signal, handsBack)));
  }

  /** One line for each task, however it ends. */
  private async logged({ name, items }: ClaimedTask, attempt: () => Promise<TaskEnd>): Promise<TaskEnd> {
    const startMs = performance.now();
    const outcome = await attempt();
    const durationMs = Math.round((performance.now() - startMs) * 10) / 10;
    this.options.log.info({ task: name, outcome, items: items.length, durationMs }, 'task');
    return outcome;
  }

  private async attempt(task: ClaimedTask, signal: AbortSignal, handsBack: () => boolean): Promise<TaskEnd> {
    try {
      signal.throwIfAborted();
      if (task.suspect && !(await this.leases.startAlone(task))) return 'aborted';
      const items = await this.handle(task, signal);
      return (await this.commit(task, { items }, signal)) ? 'succeeded' : 'aborted';
    } catch (error) {
      return await this.settle(task, error, signal, handsBack);
    }
  }

  private async handle(task: ClaimedTask, signal: AbortSignal): Promise<ItemOutcome[]> {
    const handled = this.options.handlers.get(task.name);
    if (handled === undefined) throw new Error(`There is no handler for ${task.name}`);
    const { handler, task: contract } = handled;
    const outcomes = new Outcomes(contract, signal, this.options.log);
    for (const { index, deleted } of task.items)
      if (deleted) outcomes.fail(index, new EarshotError('CLIP_DELETED', 'The clip was deleted before its turn came'));
    const { id: taskId, attempt, jobId, workspaceId } = task;
    const items = task.items.filter(({ deleted }) => !deleted);
    await handler.run(contract.input.parse(task.input), {
      taskId,
      attempt,
      jobId,
      workspaceId,
      items,
      signal,
      item: (index, work) => outcomes.keep(index, work),
    });
    signal.throwIfAborted();
    // Later all of them may have results. What has not passed after the last retry costs only the items that it hit.
    if (outcomes.passing !== null && task.retries < retriesOfATask) throw outcomes.passing;
    const all = outcomes.of(task.items.map(({ index }) => index));
    return task.last ? all : all.filter((outcome) => 'error' in outcome);
  }

  /** Goes on trying while Postgres is away: the work is done, and the fence keeps a late commit from counting twice. */
  private async commit(task: ClaimedTask, outcome: Omit<TaskCommit, 'id' | 'attempt'>, signal: AbortSignal): Promise<boolean> {
    for (let pauseMs = 100; ; pauseMs = Math.min(2 * pauseMs, 2_000)) {
      try {
        const { owned, opened } = await this.committer.submit({ id: task.id, attempt: task.attempt, ...outcome });
        if (!owned)
          this.options.log.warn(
            { taskId: task.id, attempt: task.attempt },
            'A result came too late: another attempt owns the task, or its job has ended',
          );
        if (owned) this.tellItems(task, outcome.items);
        if (opened.length > 0) void this.options.doorbell.ring(opened).catch(() => undefined); // the dispatcher rings again
        return owned;
      } catch (error) {
        if (!(error instanceof EarshotError && error.code === 'DATABASE_UNAVAILABLE')) throw error;
        this.options.log.warn({ error, taskId: task.id }, 'A result could not be written yet; it is tried again');
        await sleep(pauseMs, undefined, { signal });
      }
    }
  }

  private tellItems({ kind, items }: ClaimedTask, outcomes: readonly ItemOutcome[]): void {
    for (const outcome of outcomes) {
      if (!('error' in outcome)) continue;
      const { index, error } = outcome;
      const clipId = items.find((item) => item.index === index)?.clipId;
      this.options.log.info({ index, clipId, code: error.code, detail: error.detail }, 'An item failed');
    }
    this.options.onItems?.(kind, outcomes);
  }

  /** What becomes of a task that did not run through. */
  private async settle(task: ClaimedTask, error: unknown, signal: AbortSignal, handsBack: () => boolean): Promise<TaskEnd> {
    const { log, database } = this.options;
    try {
      if (signal.aborted) {
        if (handsBack()) await this.leases.giveBack([task]);
        return 'aborted';
      }
      const known =
        error instanceof EarshotError
          ? error
          : new EarshotError('INTERNAL', 'The task failed; the log of the worker says why', { cause: error });
      log.error({ error, task: task.name }, 'A task failed');
      if (errorCodes[known.code].retry && task.retries < retriesOfATask) {
        await this.leases.postpone(task, 2 ** task.retries * 500 * (0.5 + Math.random()));
        return 'postponed';
      }
      const failure = { code: known.code, detail: known.detail };
      if (!coversItems(task)) await failJob(database, task, failure);
      else await this.commit(task, { items: task.items.map(({ index }) => ({ index, error: failure })), failure }, signal);
      return 'failed';
    } catch (settling) {
      log.error({ error: settling, taskId: task.id }, 'The end of a task could not be written; its lease will run out');
      return 'aborted';
    }
  }
}
