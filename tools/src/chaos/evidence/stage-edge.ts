import type { Rows } from '../verdict/evidence.js';

/** On either side of the moment at which a stage opens. */
const edgeMs = 250;

/** How many jobs were ended as a stage was about to open (one task was left before it) or had just done so. */
export function endedAtStageEdge({ jobs, stages }: Rows): number {
  const stagesOf = Map.groupBy(stages, ({ jobId }) => jobId);
  return jobs.filter(({ id, state, finishedAtMs }) => {
    if (finishedAtMs === null || (state !== 'cancelled' && state !== 'expired')) return false;
    const own = stagesOf.get(id) ?? [];
    return own.some(({ index, opened, remaining, openedAtMs }) => {
      const isAboutToOpenNext = index + 1 < own.length && opened > 0 && remaining === 1;
      return isAboutToOpenNext || (index > 0 && openedAtMs !== null && Math.abs(finishedAtMs - openedAtMs) < edgeMs);
    });
  }).length;
}
