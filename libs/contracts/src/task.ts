import type { z } from 'zod';
import type { Effect } from './effect.js';
import type { ErrorCode } from './errors.js';

/** The queues; each is served by one worker service. */
export const queueNames = ['extract', 'train', 'index'] as const;
export type QueueName = (typeof queueNames)[number];

/** What a task takes of its worker: of many short ones, or of the few for what runs for minutes and hours. */
export const slots = ['short', 'long'] as const;
export type Slot = (typeof slots)[number];

/** What one worker executes once: everything about it derives from this object. */
export interface Task {
  /** `noun.verb`. Stored in rows: never renamed, only replaced. */
  readonly name: string;
  /** Raised when workers that know the former version cannot do it any more: they leave it to newer ones, which do older versions too. */
  readonly version: number;
  readonly queue: QueueName;
  readonly slot: Slot;
  readonly summary: string;
  /** What the task is told beside the items it covers. */
  readonly input: z.ZodType;
  /** What the task says of each item, if it covers items. Handlers are held to it by their types; what comes out of the sandbox was checked there. */
  readonly itemResult: z.ZodType<object> | undefined;
  /** The codes with which an item may fail by its own fault. */
  readonly itemErrors: readonly ErrorCode[];
  /** The codes with which the whole task may fail. */
  readonly errors: readonly ErrorCode[];
  /** What it hands to later stages, and from the last stage to the job. */
  readonly output: z.ZodObject | undefined;
  /** The document of its checkpoints, if it writes any. */
  readonly checkpoint: z.ZodObject | undefined;
  /** The effects that it may have. */
  readonly effects: readonly Effect[];
  /** How long it may go without a sign of progress (a checkpoint, a progress event); without one it is hung. No limit by default. */
  readonly progressSeconds: number | undefined;
}

const defaults = {
  version: 1,
  slot: 'short',
  itemResult: undefined,
  itemErrors: [],
  output: undefined,
  checkpoint: undefined,
  effects: [],
  progressSeconds: undefined,
} as const satisfies Partial<Task>;

type Defaults = typeof defaults;
type TaskSpec = Omit<Task, keyof Defaults> & Partial<Pick<Task, keyof Defaults>>;

export function defineTask<const Spec extends TaskSpec>(spec: Spec): Omit<Defaults, keyof Spec> & Spec {
  return { ...defaults, ...spec };
}

/** An earlier task's output, as one reads it who has to know more than its schema says: where that is not so, the reader's task is left to other workers. */
export function outputWhere<Output extends z.ZodObject>({ name, output }: { name: string; output: Output }, isKnown: boolean, why: string) {
  return { name, output: output.refine(() => isKnown, why) };
}

export type TaskInput<T extends Task> = z.output<T['input']>;
export type TaskItemResult<T extends Task> = z.output<NonNullable<T['itemResult']>>;
export type TaskOutput<T extends Task> = z.output<NonNullable<T['output']>>;
export type TaskCheckpoint<T extends Task> = z.output<NonNullable<T['checkpoint']>>;
