import { setTimeout as sleep } from 'node:timers/promises';
import { EarshotError, errorCodes } from '@earshot/contracts';
import {
  type ClaimedTask,
  Claimer,
  Committer,
  closeJobs,
  type Database,
  endedJobsChannel,
  type ItemOutcome,
  Leases,
  type Listener,
} from '@earshot/database';
import type { Doorbell, Hearing, TaskTaker } from '../doorbell/doorbell.js';
import type { EngineLog } from '../log.js';
import { OneSuspect, Togetherness } from './alone.js';
import type { HandledTask } from './handler-registry.js';
import { Outcomes } from './outcomes.js';
import { Places } from './places.js';

export interface WorkerOptions {
  /** Shown in the task rows. */
  name: string;
  database: Database;
  listener: Listener;
  doorbell: Doorbell;
  queues: readonly string[];
  handlers: ReadonlyMap<string, HandledTask>;
  /** Items worked on at the same time. */
  places: number;
  log: EngineLog;
  /** How often leases are extended; 3 s by default. */
  heartbeatMs?: number;
  /** How long running tasks may go on when the process is told to end; 15 s by default. Then they are handed back. */
  drainMs?: number;
  onTaskEnd?: (end: { task: string; outcome: TaskEnd; seconds: number }) => void;
}

export type TaskEnd = 'succeeded' | 'failed' | 'postponed' | 'aborted';

const retriesOfATask = 5;

interface Running {
  task: ClaimedTask;
  abort: AbortController;
}

/** Claims tasks, runs their handlers, and commits what came out while it still owns them. */
export class Worker implements TaskTaker {
  readonly queues: readonly string[];
  readonly places: number;
  /** When it last claimed or looked for work. */
  lastLook = Date.now();
  private readonly free: Places;
  private readonly together = new Togetherness();
  private readonly suspects = new OneSuspect();
  private readonly running = new Set<Running>();
  private readonly claimer: Claimer;
  private readonly committer: Committer;
  private readonly leases: Leases;
  private hearing: Hearing | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(private readonly options: WorkerOptions) {
    this.queues = options.queues;
    this.places = options.places;
    this.free = new Places(options.places);
    this.claimer = new Claimer(options.database, options.name);
    this.committer = new Committer(options.database);
    this.leases = new Leases(options.database);
  }

  async start(): Promise<void> {
    await this.options.listener.listen(endedJobsChannel, (jobId) => this.abortJob(jobId));
    this.heartbeat = setInterval(() => void this.beat(), this.options.heartbeatMs ?? 3_000);
    this.hearing = await this.options.doorbell.hear(this);
    this.takeSuspect();
  }

  /** Hears no more, lets short tasks finish, hands the others back. */
  async close(): Promise<void> {
    this.closing = true;
    const silent = this.hearing?.close();
    const deadline = Date.now() + (this.options.drainMs ?? 15_000);
    while (this.running.size > 0 && Date.now() < deadline) await sleep(20);
    for (const { abort } of this.running) abort.abort(new EarshotError('SHUTTING_DOWN', 'The worker is ending'));
    while (this.running.size > 0 && Date.now() < deadline + 3_000) await sleep(20);
    await silent;
    clearInterval(this.heartbeat);
  }

  /** Whether it has free places, yet has not looked for work for that long. */
  hasIgnoredWorkFor(ms: number): boolean {
    return this.free.available > 0 && Date.now() - this.lastLook > ms;
  }

  /** Hears the doorbell anew, with new connections. */
  async hearAgain(): Promise<void> {
    const deaf = this.hearing;
    this.hearing = await this.options.doorbell.hear(this);
    this.lastLook = Date.now();
    void deaf?.close().catch(() => undefined); // what was deaf may not even notice that it is closed
  }

  async whenFree(): Promise<number> {
    return this.free.whenFree();
  }

  async takeRung(taskIds: number[], wanted: number): Promise<void> {
    const places = await this.free.take(wanted);
    try {
      if (this.closing) return;
      this.lastLook = Date.now();
      const tasks = await this.suspects.claim((withSuspect) => this.claimer.claim(taskIds, { withSuspect }));
      await Promise.all(tasks.map((task) => this.runTask(this.own(task))));
    } finally {
      this.free.give(places);
    }
  }

  async takeNext(places: number): Promise<number> {
    this.lastLook = Date.now();
    const tasks = await this.suspects.claim((withSuspect) => this.claimer.claimNext(this.queues, places, { withSuspect }));
    for (const task of tasks) void this.runInPlaces(this.own(task));
    return tasks.reduce((sum, task) => sum + placesOf(task), 0);
  }

  /** From now on the heartbeat keeps the task, also while it waits for its turn. */
  private own(task: ClaimedTask): Running {
    const running = { task, abort: new AbortController() };
    this.running.add(running);
    return running;
  }

  private async runInPlaces(running: Running): Promise<void> {
    const taken = await this.free.take(placesOf(running.task));
    await this.runTask(running).finally(() => this.free.give(taken));
  }

  /** Suspects that were left waiting, because one was at it, are not rung for again at once: each makes place for the next. */
  private takeSuspect(): void {
    if (this.closing) return;
    this.suspects
      .claim(async (withSuspect) => (withSuspect ? this.claimer.claimSuspect(this.queues) : []))
      .then((tasks) => tasks.forEach((task) => void this.runInPlaces(this.own(task))))
      .catch((error: unknown) => this.options.log.debug({ error }, 'No suspect could be claimed; the dispatcher rings for them'));
  }

  private async runTask(running: Running): Promise<void> {
    const { task, abort } = running;
    const startedAt = performance.now();
    const outcome = await this.attempt(task, abort.signal).finally(() => this.running.delete(running));
    if (task.suspect) {
      this.suspects.release();
      this.takeSuspect();
    }
    this.options.onTaskEnd?.({ task: task.name, outcome, seconds: (performance.now() - startedAt) / 1_000 });
  }

  private async attempt(task: ClaimedTask, signal: AbortSignal): Promise<TaskEnd> {
    const leave = await this.together.enter(task.suspect);
    try {
      signal.throwIfAborted();
      if (task.suspect && !(await this.leases.startAlone(task))) return 'aborted';
      const items = await this.handle(task, signal);
      return (await this.commit(task, items, signal)) ? 'succeeded' : 'aborted';
    } catch (error) {
      return await this.settle(task, error, signal);
    } finally {
      leave();
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
    const all = outcomes.of(task.items.map(({ index }) => index));
    return task.last ? all : all.filter((outcome) => 'error' in outcome);
  }

  /** Goes on trying while Postgres is away: the work is done, and the fence keeps a late commit from counting twice. */
  private async commit(task: ClaimedTask, items: ItemOutcome[], signal: AbortSignal): Promise<boolean> {
    for (let pauseMs = 100; ; pauseMs = Math.min(2 * pauseMs, 2_000)) {
      try {
        const { owned, opened } = await this.committer.submit({ id: task.id, attempt: task.attempt, items });
        if (!owned)
          this.options.log.warn(
            { taskId: task.id, attempt: task.attempt },
            'A result came too late: another attempt owns the task, or its job has ended',
          );
        if (opened.length > 0) void this.options.doorbell.ring(opened).catch(() => undefined); // the dispatcher rings again
        return owned;
      } catch (error) {
        if (!(error instanceof EarshotError && error.code === 'DATABASE_UNAVAILABLE')) throw error;
        await sleep(pauseMs, undefined, { signal });
      }
    }
  }

  /** What becomes of a task that did not run through. */
  private async settle(task: ClaimedTask, error: unknown, signal: AbortSignal): Promise<TaskEnd> {
    const { log, database } = this.options;
    try {
      if (signal.aborted) {
        if (this.closing) await this.leases.giveBack([task]);
        return 'aborted';
      }
      const known =
        error instanceof EarshotError
          ? error
          : new EarshotError('INTERNAL', 'The task failed; the log of the worker says why', { cause: error });
      log.error({ error, taskId: task.id, task: task.name, jobId: task.jobId }, 'A task failed');
      if (errorCodes[known.code].retry && task.retries < retriesOfATask) {
        await this.leases.postpone(task, 2 ** task.retries * 500 * (0.5 + Math.random()));
        return 'postponed';
      }
      const failure = { code: known.code, detail: known.detail };
      if (task.items.length === 0) await closeJobs(database, [task.jobId], 'failed', failure);
      else
        await this.commit(
          task,
          task.items.map(({ index }) => ({ index, error: failure })),
          signal,
        );
      return 'failed';
    } catch (settling) {
      log.error({ error: settling, taskId: task.id }, 'The end of a task could not be written; its lease will run out');
      return 'aborted';
    }
  }

  private async beat(): Promise<void> {
    const beating = [...this.running];
    if (beating.length === 0) return;
    try {
      const owned = await this.leases.extend(beating.map(({ task }) => task));
      for (const { task, abort } of beating) {
        if (!owned.has(task.id)) abort.abort(new EarshotError('JOB_CANCELLED', 'The job has ended, or another attempt owns the task'));
      }
    } catch (error) {
      this.options.log.warn({ error }, 'The heartbeat did not reach Postgres');
    }
  }

  private abortJob(jobId: string): void {
    for (const { task, abort } of this.running)
      if (task.jobId === jobId) abort.abort(new EarshotError('JOB_CANCELLED', 'The job has ended'));
  }
}

function placesOf({ fromIndex, toIndex }: ClaimedTask): number {
  return Math.max(1, toIndex - fromIndex);
}
