import type { Effect, EffectInput } from '@earshot/contracts';
import type pg from 'pg';
import type { Database } from '../database.js';
import type { WaitingTask } from '../hot/accept.js';

/** For whom an effect is written. */
export interface EffectScope {
  database: Database;
  /** In the transaction that writes the outcome of the task. */
  client: pg.ClientBase;
  workspaceId: string;
  jobId: string;
}

/** How an effect is written; what it returns is to be rung for. It throws a coded error to have the task fail instead. */
export interface EffectWriter {
  readonly effect: Effect;
  write(input: object, scope: EffectScope): Promise<WaitingTask[]>;
}

/** The writer of an effect; its input has the shape that the contract says. */
export function writes<E extends Effect>(
  effect: E,
  write: (input: EffectInput<E>, scope: EffectScope) => Promise<WaitingTask[]>,
): EffectWriter {
  return { effect, write: (input, scope) => write(parsed(effect, input), scope) };
}

function parsed<E extends Effect>(effect: E, input: object): EffectInput<E> {
  return effect.input.parse(input) as EffectInput<E>; // zod's own type of the output is lost in the generic
}
