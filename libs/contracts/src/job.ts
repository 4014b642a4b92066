import type { z } from 'zod';
import type { Task } from './task.js';

/** One step of a job's plan: its task, and over how many items of the job each such task reaches. */
export interface Stage {
  readonly name: string;
  readonly task: Task;
  readonly itemsPerTask: number;
}

interface JobSpec {
  /** A verb. Stored in rows: never renamed. */
  readonly kind: string;
  readonly summary: string;
  /** The options of the job; its items come beside them. They are handed to each task of the job as its input. */
  readonly input: z.ZodType;
  readonly stages: readonly [Stage, ...Stage[]];
}

/** What a client asks for and polls: a plan of stages. */
export type Job = JobSpec;

export function defineJob<const Spec extends JobSpec>(spec: Spec): Spec {
  return spec;
}

/** A stage of tasks that cover the job's items chunk by chunk. */
export function eachChunk(task: Task, { items, name = task.name }: { items: number; name?: string }): Stage {
  return { name, task, itemsPerTask: items };
}

export type JobInput<J extends Job> = z.output<J['input']>;
