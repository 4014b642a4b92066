import type { Slot } from '@earshot/contracts';
import type { QueueRule, WaitingTask } from '@earshot/database';

/** What a doorbell tells: these tasks wait. */
export interface Ring {
  taskIds: number[];
  /** How many slots they take together. */
  items: number;
  /** Of the tasks: which ring gets the next slots; 0 by default, the most urgent. */
  priority?: number;
}

/** The slots of one kind of a worker, as the doorbell sees them. A short slot is one item being worked on, a long one is one task. */
export interface Subscriber {
  readonly queues: readonly string[];
  readonly slot: Slot;
  /** How many there are. */
  readonly slots: number;
  /** Resolves when at least one slot is free, with how many are. */
  whenFree(): Promise<number>;
  /**
   * Waits for slots, claims those of the tasks that still wait, runs them, and resolves when all have ended. Returns the tasks that it did
   * not look at, because it takes nothing more: they are for other workers.
   */
  takeRung(ring: Ring): Promise<number[]>;
  /** Claims and starts waiting tasks that cover up to `limit` items; returns how many items it got. */
  takeNext(limit: number): Promise<number>;
}

export interface Subscription {
  /** Lets rings pass by, so that other workers hear them. */
  pause(): void;
  resume(): void;
  /** No further rings. What was taken goes on. */
  close(): Promise<void>;
}

/**
 * The doorbell tells workers that tasks wait. It carries ids and hints and may forget or repeat any of them: the claim decides,
 * and the dispatcher rings again. Two implementations, one conformance suite.
 */
export interface Doorbell {
  /** Rings for tasks whose rows are committed. Rejects when it cannot: then the dispatcher rings later. */
  ring(tasks: WaitingTask[]): Promise<void>;
  /** Tells workers that look at the rows themselves that there are new ones in some of these queues. */
  wake(queues: readonly string[]): Promise<void>;
  /** For how many more items of the queue it wants to be rung; 0 where workers look at the rows themselves. */
  room(queue: string): Promise<number>;
  /** True once after everything that had been rung for in this queue was lost. */
  hasForgotten(queue: string): Promise<boolean>;
  /** Tells it of a queue's rule, again and again, so that it does not ring for what may not begin. The claim decides. */
  obey(rule: QueueRule): Promise<void>;
  /** Rejects while it is not what it should be: then work goes on, by another way. */
  ping(): Promise<void>;
  subscribe(subscriber: Subscriber): Promise<Subscription>;
  close(): Promise<void>;
}
