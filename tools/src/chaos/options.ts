import { parseArgs } from 'node:util';
import type { DoorbellName } from './stack/stack.js';

export interface ChaosOptions {
  seed: number;
  doorbell: DoorbellName;
  /** The sizes of a run in CI, or of one that is to be believed. */
  isQuick: boolean;
  /** Each fault is a line. */
  isVerbose: boolean;
}

export function readOptions(args: string[]): ChaosOptions {
  const { values } = parseArgs({
    args,
    options: { seed: { type: 'string' }, doorbell: { type: 'string' }, quick: { type: 'boolean' }, verbose: { type: 'boolean' } },
  });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
  if (!Number.isInteger(seed)) throw new Error(`--seed ${values.seed} is not a whole number`);
  return { seed, doorbell: doorbellOf(values.doorbell ?? 'redis'), isQuick: values.quick === true, isVerbose: values.verbose === true };
}

export function doorbellOf(name: string): DoorbellName {
  if (name === 'redis' || name === 'notify') return name;
  throw new Error(`--doorbell ${name}: there are redis and notify`);
}
