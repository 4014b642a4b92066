import type { Job } from '../../api/work.js';

export interface Period {
  fromMs: number;
  succeeded: number;
  failed: number;
  /** Cancelled, or too late. */
  other: number;
  /** The last one, which has not passed yet. */
  isPartial: boolean;
}

export interface Periods {
  lengthMs: number;
  items: Period[];
}

const lengthsMs = [1, 5, 15, 60, 180, 720, 1_440, 10_080].map((minutes) => 60_000 * minutes);
const most = 24;

/** Jobs by the time of their end, in periods that are round by the clock on the wall, `zoneMs` before UTC; no more than 24 of them up to now. */
export function periodsOf(jobs: readonly Pick<Job, 'state' | 'finishedAt'>[], nowMs: number, zoneMs: number): Periods {
  const ends = jobs.flatMap(({ state, finishedAt }) => (finishedAt === null ? [] : [{ state, atMs: Date.parse(finishedAt) }]));
  const firstMs = Math.min(nowMs, ...ends.map(({ atMs }) => atMs));
  const placeOf = (atMs: number, lengthMs: number) => Math.floor((atMs + zoneMs) / lengthMs);
  const spanOf = (lengthMs: number) => placeOf(nowMs, lengthMs) - placeOf(firstMs, lengthMs) + 1;
  const lengthMs = lengthsMs.find((length) => spanOf(length) <= most) ?? lengthsMs[lengthsMs.length - 1]!;
  const last = placeOf(nowMs, lengthMs);
  const count = Math.min(most, spanOf(lengthMs));
  const items = Array.from({ length: count }, (_, i): Period => {
    const place = last - count + 1 + i;
    return { fromMs: place * lengthMs - zoneMs, succeeded: 0, failed: 0, other: 0, isPartial: place === last };
  });
  for (const { state, atMs } of ends) {
    const period = items[placeOf(atMs, lengthMs) - (last - count + 1)];
    if (period === undefined) continue;
    if (state === 'succeeded' || state === 'failed') period[state]++;
    else period.other++;
  }
  return { lengthMs, items };
}
