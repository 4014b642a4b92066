import { periodsOf } from './periods.js';

const now = Date.parse('2026-11-27T10:00:30.000Z');
const ended = (minutesBefore: number, state: 'succeeded' | 'failed' | 'cancelled' = 'succeeded') => ({
  state,
  finishedAt: new Date(now - 60_000 * minutesBefore).toISOString(),
});

describe('the periods of jobs that ended', () => {
  it('are minutes where few minutes have passed; the last one is not over', () => {
    const { lengthMs, items } = periodsOf([ended(0), ended(0, 'failed'), ended(2, 'cancelled')], now, 0);
    expect(lengthMs).toBe(60_000);
    expect(items).toEqual([
      { fromMs: Date.parse('2026-11-27T09:58:00.000Z'), succeeded: 0, failed: 0, other: 1, isPartial: false },
      { fromMs: Date.parse('2026-11-27T09:59:00.000Z'), succeeded: 0, failed: 0, other: 0, isPartial: false },
      { fromMs: Date.parse('2026-11-27T10:00:00.000Z'), succeeded: 1, failed: 1, other: 0, isPartial: true },
    ]);
  });
  it('are longer where more has passed, and no more than 24', () => {
    const { lengthMs, items } = periodsOf([ended(600)], now, 0);
    expect([lengthMs, items.length]).toEqual([3_600_000, 11]);
    expect(items[0]?.succeeded).toBe(1);
  });
  it('of a day begin at midnight where one is', () => {
    const { lengthMs, items } = periodsOf([ended(20 * 1_440)], now, -8 * 3_600_000);
    expect(lengthMs).toBe(86_400_000);
    expect(items.at(-1)?.fromMs).toBe(Date.parse('2026-11-27T00:00:00-08:00'));
  });
  it('of no jobs are the one that runs', () => expect(periodsOf([], now, 0).items).toHaveLength(1));
});
