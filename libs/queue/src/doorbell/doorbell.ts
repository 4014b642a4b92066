import type { WaitingTask } from '@earshot/database';

/** A worker process, as the doorbell sees it. A place is one item being worked on. */
export interface TaskTaker {
  readonly queues: readonly string[];
  readonly places: number;
  /** Resolves when at least one place is free, with how many are. */
  whenFree(): Promise<number>;
  /** Waits for `places` places, claims those of the tasks that still wait, runs them, and resolves when all have ended. */
  takeRung(taskIds: number[], places: number): Promise<void>;
  /** Claims and starts waiting tasks that cover up to `places` items; answers how many items it got. */
  takeNext(places: number): Promise<number>;
}

/** What a worker holds while it hears the doorbell. */
export interface Hearing {
  /** Hears no further rings. What was taken goes on. */
  close(): Promise<void>;
}

/**
 * The doorbell tells workers that tasks wait. It carries ids and hints and may forget or repeat any of them: the claim decides,
 * and the dispatcher rings again. Two implementations, one conformance suite.
 */
export interface Doorbell {
  /** Rings for tasks whose rows are committed. Rejects when it cannot: then the dispatcher rings later. */
  ring(tasks: WaitingTask[]): Promise<void>;
  /** For how many more items of the queue it wants to be rung; 0 where workers look at the rows themselves. */
  room(queue: string): Promise<number>;
  /** True once after everything that had been rung for in this queue was lost. */
  hasForgotten(queue: string): Promise<boolean>;
  hear(taker: TaskTaker): Promise<Hearing>;
  close(): Promise<void>;
}
