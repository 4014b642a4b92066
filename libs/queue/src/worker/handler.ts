import type { Effect, EffectInput, Task, TaskCheckpoint, TaskInput, TaskItemResult, TaskOutput } from '@earshot/contracts';
import type { CheckpointBlob, ClaimedItem, Progress, ReadItem } from '@earshot/database';
import { DiscoveryService } from '@nestjs/core';
import type { z } from 'zod';

/** What a handler is given beside its input. */
export interface TaskContext<T extends Task> {
  readonly taskId: number;
  readonly attempt: number;
  readonly jobId: string;
  readonly workspaceId: string;
  /** Which of the tasks of its name it is in its stage, from 0. */
  readonly ordinal: number;
  /** Aborts when the job was ended, another attempt owns the task, it has given no sign of progress for too long, or the process is ending. */
  readonly signal: AbortSignal;

  /** Of a task over a chunk: its items that have no result yet; deleted clips are not among them. */
  readonly items: readonly ClaimedItem[];
  /**
   * Does the work of one item and keeps its outcome, a result or a coded error; never rejects. The task's commit stores them all. When
   * the reason of an error may pass and is not the item's own (storage is away), the task is tried again first.
   */
  item(index: number, work: () => Promise<TaskItemResult<T>>): Promise<void>;

  /** Of a task for the whole job: all its items, read page by page (1,000 by default). Those of deleted clips say so. */
  readItems(pageSize?: number): AsyncIterable<ReadItem>;
  /** What the tasks of that contract put out in earlier stages, in their order. */
  outputs<Output extends z.ZodObject>(of: { name: string; output: Output }): Promise<z.output<Output>[]>;

  /** The newest checkpoint of an earlier attempt, to go on from. */
  readonly resumeFrom: ResumePoint<T> | null;
  /** Aborts when the process is ending: a checkpoint now saves what has been done since the last one. The task is handed back with it. */
  readonly checkpointSoon: AbortSignal;
  /** Writes what a later attempt can go on from; its blobs are stored already. With `of` it tells of progress too. */
  checkpoint(point: ResumePoint<T> & Partial<Omit<Progress, 'step'>>): Promise<void>;
  /** Tells how far the task has come. */
  progress(progress: Progress): Promise<void>;

  /** Whether a client has asked the job to come to its end with what it has; a task that can do so asks now and then. */
  stopAsked(): Promise<boolean>;

  /** Hands a value to later stages, from the last stage to the job; written with the task's end. */
  output(value: TaskOutput<T>): void;
  /** Asks for an effect; it comes with the task's end, or not at all. */
  effect<E extends Effect>(effect: E, input: EffectInput<E>): void;
}

export interface ResumePoint<T extends Task> {
  step: number;
  document: TaskCheckpoint<T>;
  blobs?: CheckpointBlob[];
}

/** Does the work of one kind of task. */
export interface TaskHandler<T extends Task> {
  run(input: TaskInput<T>, context: TaskContext<T>): Promise<void>;
}

/** Marks the class that handles a task; read by findHandlers. */
export const HandlerOf = DiscoveryService.createDecorator<Task>();

/** `@Handles(task)` takes only a class whose `run` fits the task's contract. */
export function Handles<T extends Task>(task: T) {
  return <Handler extends new (...args: never[]) => TaskHandler<T>>(handler: Handler): void => {
    HandlerOf(task)(handler);
  };
}
