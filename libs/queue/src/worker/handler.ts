import type { Task, TaskInput, TaskItemResult } from '@earshot/contracts';
import type { ClaimedItem } from '@earshot/database';
import { DiscoveryService } from '@nestjs/core';

/** What a handler is given beside its input. */
export interface TaskContext<T extends Task> {
  readonly taskId: number;
  readonly attempt: number;
  readonly jobId: string;
  readonly workspaceId: string;
  /** The items that have no result yet; deleted clips are not among them. */
  readonly items: readonly ClaimedItem[];
  /** Aborts when the job was ended, another attempt owns the task, or the process is ending. */
  readonly signal: AbortSignal;
  /**
   * Does the work of one item and keeps its outcome, a result or a coded error; never rejects. The task's commit stores them all. When
   * the reason of an error may pass and is not the item's own (storage is away), the task is tried again first.
   */
  item(index: number, work: () => Promise<TaskItemResult<T>>): Promise<void>;
}

/** Does the work of one kind of task. */
export interface TaskHandler<T extends Task> {
  run(input: TaskInput<T>, context: TaskContext<T>): Promise<void>;
}

/** Marks the class that handles a task; read by HandlerRegistry. */
export const HandlerOf = DiscoveryService.createDecorator<Task>();

/** `@Handles(task)` takes only a class whose `run` fits the task's contract. */
export function Handles<T extends Task>(task: T) {
  return <Handler extends new (...args: never[]) => TaskHandler<T>>(handler: Handler): void => {
    HandlerOf(task)(handler);
  };
}
