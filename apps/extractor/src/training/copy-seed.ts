import { createHash } from 'node:crypto';

/** From what a changed copy's changes are drawn: the run's seed, the clip's bytes, and which copy it is. */
export function copySeed(seed: number, sha256: string, copy: number): number {
  return createHash('sha256').update(`${seed} ${sha256} ${copy}`).digest().readUInt32BE();
}
