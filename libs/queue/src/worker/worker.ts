import { setTimeout as sleep } from 'node:timers/promises';
import { EarshotError } from '@earshot/contracts';
import { type ClaimedTask, Claimer, type Database, endedJobsChannel, Leases, type Listener } from '@earshot/database';
import type { Doorbell, Hearing, TaskTaker } from '../doorbell/doorbell.js';
import type { EngineLog } from '../log.js';
import { OneSuspect } from './alone.js';
import type { HandledTask } from './handler-registry.js';
import { Places } from './places.js';
import { type TaskContextRunner, type TaskEnd, TaskRunner } from './task-runner.js';

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
  /** Runs a task so that its log lines tell whose they are. */
  inContext?: TaskContextRunner;
  /** How often leases are extended; 3 s by default. */
  heartbeatMs?: number;
  /** How long running tasks may go on when the process is told to end; 15 s by default. Then they are handed back. */
  drainMs?: number;
  onTaskEnd?: (end: { task: string; outcome: TaskEnd; seconds: number }) => void;
}

interface Running {
  task: ClaimedTask;
  abort: AbortController;
}

/** Claims tasks as it has places for them, has them run, and keeps their leases. */
export class Worker implements TaskTaker {
  readonly queues: readonly string[];
  readonly places: number;
  /** When it last claimed or looked for work. */
  lastLook = Date.now();
  private readonly free: Places;
  private readonly suspects = new OneSuspect();
  private readonly running = new Set<Running>();
  private readonly claimer: Claimer;
  private readonly runner: TaskRunner;
  private readonly leases: Leases;
  private hearing: Hearing | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(private readonly options: WorkerOptions) {
    this.queues = options.queues;
    this.places = options.places;
    this.free = new Places(options.places);
    this.claimer = new Claimer(options.database, options.name);
    this.runner = new TaskRunner(options);
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
    if (wanted > this.places && taskIds.length > 1) {
      // More than this process can do at a time: each task waits for places of its own, and is claimed when it has them.
      const each = Math.ceil(wanted / taskIds.length);
      await Promise.all(taskIds.map((id) => this.takeRung([id], each)));
      return;
    }
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
    const outcome = await this.runner.run(task, abort.signal, () => this.closing).finally(() => this.running.delete(running));
    if (task.suspect) {
      this.suspects.release();
      this.takeSuspect();
    }
    this.options.onTaskEnd?.({ task: task.name, outcome, seconds: (performance.now() - startedAt) / 1_000 });
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
