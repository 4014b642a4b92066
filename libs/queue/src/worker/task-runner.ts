import { EarshotError } from '@earshot/contracts';
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
import { Attempt, OtherVersion } from './attempt.js';
import type { HandledTask } from './handler-registry.js';
import { coded } from './outcomes.js';
import { pauseMs } from './retries.js';
import type { RunningTask } from './running-task.js';
import { untilAvailable } from './until-available.js';

export type TaskEnd = 'succeeded' | 'failed' | 'postponed' | 'handed back' | 'aborted';

type Outcome = Omit<TaskCommit, 'id' | 'attempt'>;

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

/** Runs a claimed task by its handler, and writes what became of it while this process still owns it. */
export class TaskRunner {
  private readonly committer: Committer;
  private readonly leases: Leases;

  constructor(private readonly options: TaskRunnerOptions) {
    this.committer = new Committer(options.database);
    this.leases = new Leases(options.database);
  }

  /** Never rejects. */
  run(running: RunningTask, ending: AbortSignal): Promise<TaskEnd> {
    const { task } = running;
    const { id, jobId, attempt, requestId } = task;
    const inContext = this.options.inContext ?? ((_, run) => run());
    const context = { taskId: String(id), jobId, attempt, ...(requestId === null ? {} : { requestId }) };
    return inContext(context, () => this.logged(task, () => this.attempt(running, ending)));
  }

  /** One line for each task, however it ends. */
  private async logged({ name, items }: ClaimedTask, attempt: () => Promise<TaskEnd>): Promise<TaskEnd> {
    const startMs = performance.now();
    const outcome = await attempt();
    const durationMs = Math.round((performance.now() - startMs) * 10) / 10;
    this.options.log.info({ task: name, outcome, items: items.length, durationMs }, 'task');
    return outcome;
  }

  private async attempt({ task, abort, worked }: RunningTask, ending: AbortSignal): Promise<TaskEnd> {
    const { handlers, database, log } = this.options;
    const handled = handlers.get(task.name);
    if (handled === undefined) return this.handBack(task, new OtherVersion(`There is no handler for ${task.name}`));
    const attempt = new Attempt({ contract: handled.task, task, abort, ending, database, log });
    try {
      abort.signal.throwIfAborted();
      if (task.suspect && !(await this.leases.startAlone(task))) return 'aborted';
      await orForsaken(handled.handler.run(attempt.input, attempt.context), task, abort.signal);
      abort.signal.throwIfAborted();
      worked.resolve();
      return (await this.commit(task, this.outcomeOf(attempt, task), abort.signal)) ? 'succeeded' : 'aborted';
    } catch (error) {
      return await this.settle(task, attempt, abort.signal.aborted ? abort.signal.reason : error);
    } finally {
      attempt.end();
    }
  }

  private outcomeOf({ outcomes, failures, output, effects }: Attempt, task: ClaimedTask): Outcome {
    // Later all of them may have results. What has not passed after the last retry costs only the items that it hit.
    if (outcomes.passing !== null && pauseMs(outcomes.passing, failures) !== null) throw outcomes.passing;
    for (const { index, deleted } of task.items)
      if (deleted) outcomes.fail(index, new EarshotError('CLIP_DELETED', 'The clip was deleted before its turn came'));
    const all = outcomes.of(task.items.map(({ index }) => index));
    if (output === undefined && this.options.handlers.get(task.name)?.task.output !== undefined)
      throw new Error(`${task.name} has put out nothing`);
    return { items: task.last ? all : all.filter((outcome) => 'error' in outcome), output, effects };
  }

  private async commit(task: ClaimedTask, outcome: Outcome, signal: AbortSignal): Promise<boolean> {
    const { doorbell, log } = this.options;
    const { id, attempt } = task;
    const onAway = (error: Error) => log.warn({ error, taskId: id }, 'A result could not be written yet; it is tried again');
    const { owned, opened } = await untilAvailable(() => this.committer.submit({ id, attempt, ...outcome }), { signal, onAway });
    if (!owned) log.warn({ taskId: id, attempt }, 'A result came too late: another attempt owns the task, or its job has ended');
    if (owned) this.tellItems(task, outcome.items);
    if (opened.length > 0) void doorbell.ring(opened).catch(() => undefined); // the dispatcher rings again
    return owned;
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
  private async settle(task: ClaimedTask, attempt: Attempt, error: unknown): Promise<TaskEnd> {
    const { log, database } = this.options;
    try {
      if (error instanceof OtherVersion) return await this.handBack(task, error);
      const known = coded(error, 'The task failed; the log of the worker says why');
      if (known.code === 'JOB_CANCELLED') return 'aborted';
      if (known.code === 'SHUTTING_DOWN') {
        await this.leases.giveBack([task]);
        return 'aborted';
      }
      log.error({ error, task: task.name }, 'A task failed');
      const delayMs = pauseMs(known, attempt.failures);
      if (delayMs !== null) {
        await this.leases.postpone(task, { delayMs, isAway: known.spec.away === true });
        return 'postponed';
      }
      const failure = { code: known.code, detail: known.detail };
      const items = task.items.map(({ index }) => ({ index, error: failure }));
      if (coversItems(task)) await this.commit(task, { items, failure }, AbortSignal.timeout(failureLimitMs));
      else await failJob(database, task, failure);
      return 'failed';
    } catch (settling) {
      log.error({ error: settling, taskId: task.id }, 'The end of a task could not be written; its lease will run out');
      return 'aborted';
    }
  }

  /** A worker of another version can do it; should there be none, it comes back after a while. */
  private async handBack(task: ClaimedTask, error: OtherVersion): Promise<TaskEnd> {
    this.options.log.warn({ error, task: task.name }, 'A task is of a contract that this worker does not know; it is handed back');
    await this.leases.giveBack([task], { delayMs: unknownDelayMs });
    return 'handed back';
  }
}

/** How long a task that this worker does not understand stays away from it. */
const unknownDelayMs = 10_000;

/** For how long a failure is tried to be written while Postgres is away. */
const failureLimitMs = 60_000;

/** How long a short task has to stop after a cancel. It is waited for, so that nothing new begins beside it. */
const stopMs = 10_000;

/** The end of the handler. One that does not stop when it is aborted is left behind: whatever it still does, the fence keeps it out. */
function orForsaken(run: Promise<void>, { slot }: ClaimedTask, signal: AbortSignal): Promise<void> {
  const forsaken = new Promise<never>((_, reject) => {
    const onAbort = () => {
      const mayStop = slot === 'short' && signal.reason instanceof EarshotError && signal.reason.code === 'JOB_CANCELLED';
      setTimeout(() => reject(signal.reason), mayStop ? stopMs : 0).unref();
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
  return Promise.race([run, forsaken]);
}
