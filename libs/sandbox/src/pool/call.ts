import type { Limits } from './function-table.js';

/** One thing that somebody waits for. It is settled exactly once; what comes after that has no effect. */
export interface Call {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  readonly limits: Limits;
  /** Takes the value as the child sent it. */
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}
