import type { Claimer } from '@earshot/database';
import type { Ring, Subscriber, Subscription } from '../doorbell/doorbell.js';
import type { RunningTask, RunningTasks } from './running-tasks.js';
import { Semaphore } from './semaphore.js';

interface IntakeOptions {
  queues: readonly string[];
  /** Items worked on at the same time. */
  slots: number;
  claimer: Claimer;
  running: RunningTasks;
}

/** Claims tasks as it has slots for them, and has them run. */
export class Intake implements Subscriber {
  readonly queues: readonly string[];
  readonly slots: number;
  private readonly free: Semaphore;
  private subscription: Subscription | undefined;
  private paused = new AbortController();
  private lastLookMs = Date.now();

  constructor(private readonly options: IntakeOptions) {
    this.queues = options.queues;
    this.slots = options.slots;
    this.free = new Semaphore(options.slots);
  }

  /** Takes what the subscription tells of; an earlier one goes deaf, which it may not even notice. */
  async subscribe(subscribe: (subscriber: Subscriber) => Promise<Subscription>): Promise<void> {
    const earlier = this.subscription;
    this.subscription = await subscribe(this);
    void earlier?.close().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.paused.abort();
    await this.subscription?.close();
  }

  /** Begins nothing until it is resumed; rings that wait for slots go to other workers. */
  pause(): void {
    this.paused.abort();
    this.subscription?.pause();
  }

  resume(): void {
    this.paused = new AbortController();
    this.subscription?.resume();
  }

  /** Whether it could have taken work for that long, and has not looked for any. */
  hasIgnoredWorkFor(ms: number): boolean {
    return !this.paused.signal.aborted && this.free.available > 0 && Date.now() - this.lastLookMs > ms;
  }

  whenFree(): Promise<number> {
    return this.free.whenAvailable();
  }

  async takeRung({ taskIds, items }: Ring): Promise<number[]> {
    if (items > this.slots && taskIds.length > 1) {
      // More than this process can do at a time: each task waits for slots of its own, and is claimed when it has them.
      const each = Math.ceil(items / taskIds.length);
      return (await Promise.all(taskIds.map((id) => this.takeRung({ taskIds: [id], items: each })))).flat();
    }
    const slots = await this.free.acquire(items, this.paused.signal);
    if (slots === 0) return taskIds;
    try {
      this.lastLookMs = Date.now();
      const { claimer, running } = this.options;
      const tasks = await running.claim(() => claimer.claim(taskIds, { withSuspect: false }));
      await Promise.all(tasks.map((task) => running.run(task)));
      return [];
    } finally {
      this.free.release(slots);
    }
  }

  async takeNext(limit: number): Promise<number> {
    if (this.paused.signal.aborted) return 0;
    this.lastLookMs = Date.now();
    const { claimer, running, queues } = this.options;
    const tasks = await running.claim(() => claimer.claimNext(queues, limit, { withSuspect: false }));
    for (const task of tasks) void this.runInSlots(task);
    return tasks.reduce((sum, task) => sum + slotsOf(task), 0);
  }

  private async runInSlots(task: RunningTask): Promise<void> {
    const slots = await this.free.acquire(slotsOf(task));
    await this.options.running.run(task).finally(() => this.free.release(slots));
  }
}

function slotsOf({ task: { fromIndex, toIndex } }: RunningTask): number {
  return Math.max(1, toIndex - fromIndex);
}
