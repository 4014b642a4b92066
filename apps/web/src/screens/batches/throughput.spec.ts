import { throughputOf } from './throughput.js';

const job = (succeeded: number, seconds: number, failed = 0) => ({
  counts: { total: succeeded + failed, succeeded, failed, cancelled: 0, pending: 0 },
  createdAt: '2026-11-27T09:00:00.000Z',
  startedAt: '2026-11-27T09:01:00.000Z',
  finishedAt: new Date(Date.parse('2026-11-27T09:01:00.000Z') + 1_000 * seconds).toISOString(),
});

describe('the throughput of jobs', () => {
  it('is their items by the time that they ran', () =>
    expect(throughputOf([job(20, 4), job(10, 2, 6)])).toEqual({ itemsPerSecond: 6, jobs: 2 }));
  it('is not told by small ones', () => expect(throughputOf([job(3, 1)])).toBeNull());
  it('is not told by those that run', () => expect(throughputOf([{ ...job(20, 4), finishedAt: null }])).toBeNull());
});
