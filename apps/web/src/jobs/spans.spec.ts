import { ranMs, span, waitedMs } from './spans.js';

describe('a length of time', () => {
  it.each([
    [0, '0 ms'],
    [849.6, '850 ms'],
    [12_340, '12.3 s'],
    [245_000, '4 min 5 s'],
    [12_000_000, '3 h 20 min'],
    [183_600_000, '2 d 3 h'],
  ])('of %d ms is %s', (ms, text) => expect(span(ms)).toBe(text));
});

describe('of a job', () => {
  const job = { createdAt: '2026-11-27T09:00:00.000Z', startedAt: '2026-11-27T09:00:02.000Z', finishedAt: '2026-11-27T09:00:05.500Z' };
  it('the wait ends with its first task', () => expect(waitedMs(job)).toBe(2_000));
  it('the run ends with the job', () => expect(ranMs(job)).toBe(3_500));
  it('the run goes on until now', () => expect(ranMs({ ...job, finishedAt: null }, Date.parse(job.startedAt) + 9)).toBe(9));
  it('that was not begun there is neither', () => {
    const waiting = { ...job, startedAt: null, finishedAt: null };
    expect([waitedMs(waiting), ranMs(waiting)]).toEqual([null, null]);
  });
});
