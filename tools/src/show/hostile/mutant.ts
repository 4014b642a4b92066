import { createHash } from 'node:crypto';
import { Random } from '../../random.js';
import { mutate } from './mutate.js';
import type { ValidFile } from './valid-files.js';

export interface MutantName {
  seed: number;
  format: string;
  number: number;
}

/** The mutant of that name: from the same valid files it is the same bytes on each call. */
export function mutantOf({ seed, format, number }: MutantName, files: readonly ValidFile[]): Buffer {
  const state = createHash('sha256').update(`${seed} ${format} ${number}`).digest().readInt32LE();
  return mutate(files[number % files.length]!.bytes, new Random(state));
}

/** The command that sends one mutant through the sandbox again. */
export const replayCommand = ({ seed, format, number }: MutantName): string =>
  `npm run show -- hostile --seed ${seed} --replay ${format}:${number}`;
