import { parseArgs } from 'node:util';
import type { DoorbellName } from '../stack/servers.js';
import { partsNamed } from './parts.js';
import type { Part } from './run.js';
import { type ChaosSizes, fullSizes, quickSizes } from './sizes.js';

export interface ChaosOptions {
  seed: number;
  doorbell: DoorbellName;
  /** What is done; everything by default. */
  parts: readonly Part[];
  /** Of a run in CI, or of one that is to be believed. */
  sizes: ChaosSizes;
  /** Each deed is a line of JSON on stdout. */
  isVerbose: boolean;
}

export function readOptions(args: string[]): ChaosOptions {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string' },
      doorbell: { type: 'string' },
      parts: { type: 'string' },
      quick: { type: 'boolean' },
      verbose: { type: 'boolean' },
    },
  });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
  if (!Number.isInteger(seed)) throw new Error(`--seed ${values.seed} is not a whole number`);
  const doorbell = doorbellOf(values.doorbell ?? 'redis');
  const sizes = values.quick ? quickSizes : fullSizes;
  return {
    seed,
    doorbell,
    parts: partsNamed(values.parts?.split(',') ?? []),
    sizes: doorbell === 'redis' ? sizes : { ...sizes, redisErasures: 0 },
    isVerbose: values.verbose === true,
  };
}

export function doorbellOf(name: string): DoorbellName {
  if (name === 'redis' || name === 'notify') return name;
  throw new Error(`--doorbell ${name}: there are redis and notify`);
}
