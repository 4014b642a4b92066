import type { z } from 'zod';

/**
 * Something that a task changes outside of its own results: it starts a job, moves an alias. It is written by the fenced transaction that
 * writes the task's outcome, or not at all: exactly once, however often the task ran. libs/database has the writer of each.
 */
export interface Effect {
  /** `noun.verb`. */
  readonly name: string;
  readonly summary: string;
  readonly input: z.ZodObject;
}

export function defineEffect<const Spec extends Effect>(spec: Spec): Spec {
  return spec;
}

export type EffectInput<E extends Effect> = z.output<E['input']>;
