import type { LongLine } from './long-log.js';

/** What one attempt at a long task began with, held against what the ones before had done. */
export interface Loss {
  attempt: number;
  resumedAtStep: number;
  /** Done by those before, and done again. */
  stepsLost: number;
  /** It began before a checkpoint that had been acknowledged. */
  isCheckpointLost: boolean;
}

/** Of the lines of one task, for each attempt but the first. */
export function lossesOf(lines: readonly LongLine[]): Loss[] {
  return lines
    .filter(({ event, attempt }) => event === 'begin' && attempt > 1)
    .map(({ attempt, step }) => {
      const before = lines.filter((line) => line.attempt < attempt);
      const newest = (event: LongLine['event']) => Math.max(0, ...before.filter((line) => line.event === event).map((line) => line.step));
      return { attempt, resumedAtStep: step, stepsLost: Math.max(0, newest('step') - step), isCheckpointLost: step < newest('checkpoint') };
    });
}
