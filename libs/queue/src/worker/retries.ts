import type { EarshotError } from '@earshot/contracts';

/** How often a task has failed for a passing reason since the last progress that is kept. */
export interface PassingFailures {
  retries: number;
  /** For something was away that it needs. */
  waits: number;
}

/** No longer than this until what is away is asked for again: it may be back at any moment. */
const awayMs = 8_000;

/**
 * After how many milliseconds it is tried again; null: it has been tried often enough. What may be the task's own fault is tried five times,
 * after 0.5, 2, 8, 32 and 128 s, scattered; what is away 25 times. Both take three minutes, more or less: what is over in a minute and a
 * half costs nothing.
 */
export function pauseMs({ spec }: EarshotError, { retries, waits }: PassingFailures): number | null {
  const [failures, most, longestMs] = spec.away ? [waits, 25, awayMs] : [retries, 5, Number.POSITIVE_INFINITY];
  return spec.retry && failures < most ? Math.min(4 ** failures * 500, longestMs) * (0.5 + Math.random()) : null;
}
