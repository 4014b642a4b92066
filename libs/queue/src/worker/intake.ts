import type { Slot } from '@earshot/contracts';
import type { Claimer } from '@earshot/database';
import type { Ring, Subscriber, Subscription } from '../doorbell/doorbell.js';
import type { RunningTask } from './running-task.js';
import type { RunningTasks } from './running-tasks.js';
import { Semaphore } from './semaphore.js';

interface IntakeOptions {
  queues: readonly string[];
  slot: Slot;
  /** How many there are. */
  slots: number;
  claimer: Claimer;
  running: RunningTasks;
}

/** Why nothing is begun: a suspect has to be alone, what the work needs is away, or this is the end. */
type PauseReason = 'suspect' | 'need' | 'end';

/** Claims tasks that take slots of one kind, as it has slots for them, and has them run. */
export class Intake implements Subscriber {
  readonly queues: readonly string[];
  readonly slot: Slot;
  readonly slots: number;
  private readonly free: Semaphore;
  /** Of what handlers have brought, so much may be written while their slots are in use again. */
  private readonly written: Semaphore;
  private subscription: Subscription | undefined;
  private paused = new AbortController();
  private readonly pauseReasons = new Set<PauseReason>();
  private lastLookMs = Date.now();

  constructor(private readonly options: IntakeOptions) {
    this.queues = options.queues;
    this.slot = options.slot;
    this.slots = options.slots;
    this.free = new Semaphore(options.slots);
    this.written = new Semaphore(options.slots);
  }

  /** Takes what the subscription tells of; an earlier one goes deaf, which it may not even notice. */
  async subscribe(subscribe: (subscriber: Subscriber) => Promise<Subscription>): Promise<void> {
    const earlier = this.subscription;
    this.subscription = await subscribe(this);
    if (this.paused.signal.aborted) this.subscription.pause();
    void earlier?.close().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.pauseReasons.add('end');
    this.paused.abort();
    await this.subscription?.close();
  }

  /** Begins nothing until every reason is over; rings that wait for slots go to other workers. */
  pause(reason: PauseReason): void {
    this.pauseReasons.add(reason);
    if (this.paused.signal.aborted) return;
    this.paused.abort();
    this.subscription?.pause();
  }

  resume(reason: PauseReason): void {
    if (!this.pauseReasons.delete(reason) || this.pauseReasons.size > 0) return;
    this.paused = new AbortController();
    this.subscription?.resume();
  }

  /** Whether work has waited for that long that it could have taken, and it has not looked for any. */
  async hasIgnoredWorkFor(ms: number): Promise<boolean> {
    const couldTake = !this.paused.signal.aborted && this.free.available > 0;
    return couldTake && Date.now() - this.lastLookMs > ms && (await this.options.claimer.hasWaitingSince(this.queues, ms, this.slot));
  }

  whenFree(): Promise<number> {
    return this.free.whenAvailable();
  }

  async takeRung({ taskIds, items, priority = 0 }: Ring): Promise<number[]> {
    if (items > this.slots && taskIds.length > 1) {
      // More than this process can do at a time: each task waits for slots of its own, and is claimed when it has them.
      const each = Math.ceil(items / taskIds.length);
      return (await Promise.all(taskIds.map((id) => this.takeRung({ taskIds: [id], items: each, priority })))).flat();
    }
    // A ring that waits for slots is passed by one for more urgent work.
    const slots = await this.free.acquire(items, this.paused.signal, priority);
    if (slots === 0) return taskIds;
    const { claimer, running } = this.options;
    this.lastLookMs = Date.now();
    const tasks = await running
      .claim(() => claimer.claim(taskIds, { withSuspect: false }))
      .catch((error: unknown) => {
        this.free.release(slots);
        throw error;
      });
    await this.runIn(slots, tasks);
    return [];
  }

  async takeNext(limit: number): Promise<number> {
    if (this.paused.signal.aborted) return 0;
    this.lastLookMs = Date.now();
    const { claimer, running, queues } = this.options;
    // What was claimed and waits for slots is passed only by what is more urgent.
    const options = { withSuspect: false, slot: this.slot, before: this.free.nextUrgency };
    const tasks = await running.claim(() => claimer.claimNext(queues, limit, options));
    for (const task of tasks) void this.runInSlots(task);
    return tasks.reduce((sum, task) => sum + slotsOf(task), 0);
  }

  /** The slots are free for the next tasks when the handlers are done, while what they brought is written. */
  private async runIn(slots: number, tasks: RunningTask[]): Promise<void> {
    const ended = Promise.all(tasks.map((task) => this.options.running.run(task)));
    await Promise.all(tasks.map(({ worked }) => worked.promise));
    const over = new AbortController();
    void ended.finally(() => over.abort('written')); // without a reason it would make an error, with its stack
    const taken = await this.written.acquire(slots, over.signal); // 0: all was written before
    this.free.release(slots);
    await ended;
    this.written.release(taken);
  }

  private async runInSlots(task: RunningTask): Promise<void> {
    const waits = slotsOf(task) > this.free.available;
    const slots = await this.free.acquire(slotsOf(task), undefined, task.task.priority);
    if (waits) this.lookAgain(); // meanwhile only what is more urgent was looked for
    await this.runIn(slots, [task]);
    if (task.task.limited) this.lookAgain(); // nobody rings for the place it leaves
  }

  private lookAgain(): void {
    if (!this.paused.signal.aborted) this.subscription?.resume();
  }
}

/** Long tasks take one, whatever they cover. */
function slotsOf({ task: { slot, fromIndex, toIndex } }: RunningTask): number {
  return slot === 'long' ? 1 : Math.max(1, toIndex - fromIndex);
}
