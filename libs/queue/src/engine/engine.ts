import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, defaultRetention, Retention, type RetentionPolicy, type WaitingTask } from '@earshot/database';
import type { Doorbell } from '../doorbell/doorbell.js';
import type { EngineLog } from '../log.js';
import { Repeated, type Sooner } from '../repeated.js';
import type { ItemsListener } from '../worker/task-runner.js';
import { Dispatcher } from './dispatcher.js';
import { Reconciler } from './reconciler.js';

export interface EngineOptions {
  database: Database;
  doorbell: Doorbell;
  queues: readonly string[];
  log: EngineLog;
  /** How often it looks what is to be rung for; 1 s by default. */
  dispatchMs?: number;
  /** How often dead workers and late jobs are looked for; 2 s by default. */
  reconcileMs?: number;
  /** Told of items that are given up because they killed their workers. */
  onItems?: ItemsListener;
  /** How long ended jobs are kept; 30 days by default. */
  retention?: RetentionPolicy;
}

/** While there is plenty to ring for, the dispatcher comes back sooner. */
const busyDispatchMs = 50;
const recallMs = 1_000;
const busyRetainMs = 1_000;

/** The part of the engine that a gateway runs: it rings, rings again, and reconciles. Any number of them may run. */
export class Engine {
  private readonly dispatcher: Dispatcher;
  private readonly reconciler: Reconciler;
  private readonly retention: Retention;
  private readonly dispatching: Repeated;
  private readonly chores: Repeated[];
  private readonly closing = new AbortController();

  constructor(private readonly options: EngineOptions) {
    const { database, doorbell, queues, log } = options;
    this.dispatcher = new Dispatcher(database, doorbell, queues);
    this.reconciler = new Reconciler(options, (tasks) => this.ring(tasks));
    this.retention = new Retention(database, options.retention ?? defaultRetention);
    const complain = (chore: string) => (error: unknown) => log.warn({ error }, `${chore} failed and is tried again`);
    this.dispatching = new Repeated(() => this.dispatch(), options.dispatchMs ?? 1_000, complain('Dispatching'));
    this.chores = [
      this.dispatching,
      new Repeated(() => this.dispatcher.tellRules(), recallMs, complain('Telling the doorbell of pauses and limits')),
      new Repeated(() => this.recall(), recallMs, complain('Asking the doorbell what it remembers')),
      new Repeated(() => this.reconcile(), options.reconcileMs ?? 2_000, complain('Reconciling')),
    ];
  }

  start(): void {
    for (const chore of this.chores) chore.start();
  }

  /**
   * Rings for the tasks of a job that was accepted, without waiting: Redis is never on the way of a request. What is not heard is rung
   * again. A job of very many tasks names none; these are written first.
   */
  ring(tasks: WaitingTask[]): void {
    const { doorbell, log } = this.options;
    if (tasks.length === 0) this.dispatching.call();
    else doorbell.ring(tasks).catch((error: unknown) => log.debug({ error }, 'A ring failed; the dispatcher rings again'));
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.chores.map((chore) => chore.stop()));
  }

  private async dispatch(): Promise<Sooner | undefined> {
    return (await this.dispatcher.dispatch()) > 0 ? { inMs: busyDispatchMs } : undefined;
  }

  private async recall(): Promise<void> {
    const recalled = await this.dispatcher.recallForgotten();
    if (recalled > 0) this.options.log.warn({ tasks: recalled }, 'The doorbell had forgotten its rings; all that waits is rung for again');
  }

  private async reconcile(): Promise<void> {
    await this.reconciler.reconcile();
  }

  /** Removes what is too old, until nothing is left of it; a schedule says when. */
  async retain(): Promise<void> {
    const { signal } = this.closing;
    for (let isDone = false; !isDone && !signal.aborted; ) {
      const removed = await this.retention.sweep({ signal });
      if (removed === null) return;
      if (removed.jobs + removed.items + removed.clips > 0) this.options.log.info(removed, 'Removed what was too old');
      isDone = removed.isDone;
      if (!isDone) await sleep(busyRetainMs, undefined, { signal }).catch(() => undefined); // aborted: the loop ends
    }
  }
}
