import type { z } from 'zod';
import type { ErrorCode } from './errors.js';

/** The queues; each is served by one worker service. */
export const queueNames = ['extract', 'train', 'index'] as const;
export type QueueName = (typeof queueNames)[number];

interface TaskSpec {
  /** `noun.verb`. Stored in rows: never renamed, only replaced. */
  readonly name: string;
  readonly queue: string;
  readonly summary: string;
  /** What the task is told beside the items it covers. */
  readonly input: z.ZodType;
  /** What the task says of each item. Handlers are held to it by their types; what comes out of the sandbox was checked there. */
  readonly itemResult: z.ZodType<object>;
  /** The codes with which an item may fail by its own fault. */
  readonly itemErrors: readonly ErrorCode[];
  /** The codes with which the whole task may fail. */
  readonly errors: readonly ErrorCode[];
}

/** What one worker executes once: everything about it derives from this object. */
export type Task = TaskSpec;

export function defineTask<const Spec extends TaskSpec>(spec: Spec): Spec {
  return spec;
}

export type TaskInput<T extends Task> = z.output<T['input']>;
export type TaskItemResult<T extends Task> = z.output<T['itemResult']>;
