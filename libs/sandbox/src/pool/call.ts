import type { Lend } from '../confinement/lent-files.js';
import type { Limits } from './function-table.js';

/** One thing that somebody waits for. It is settled exactly once; what comes after that has no effect. */
export interface Call {
  readonly name: string;
  /** Of whom it is: groups take turns. */
  readonly group: string;
  /** What the child is sent, with each file under the path where it finds it. */
  inputFor(lend: Lend): unknown;
  readonly limits: Limits;
  /** Takes the value as the child sent it. */
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}
