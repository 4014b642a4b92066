import type { Steps } from '@earshot/learning';
import { Thinned } from '../thinned.js';
import { inSlices } from './in-slices.js';

function* busy(steps: number, stepMs: number): Steps<string> {
  for (let step = 1; step <= steps; step++) {
    for (const end = performance.now() + stepMs; performance.now() < end; );
    yield step / steps;
  }
  return 'done';
}

const quiet = { signal: new AbortController().signal, progress: async () => undefined };

describe('work in slices', () => {
  it('returns what it came to, and lets others have their turn meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    expect(await inSlices(busy(50, 4), quiet)).toBe('done');
    clearInterval(timer);
    expect(turns).toBeGreaterThanOrEqual(3);
  });

  it('tells how far it is, now and then', async () => {
    const told: number[] = [];
    await inSlices(busy(600, 4), { ...quiet, progress: async ({ step, of }) => void told.push(step / of) });
    expect(told.length).toBeGreaterThanOrEqual(1);
    expect(told.length).toBeLessThan(10);
    expect(told.every((share) => share > 0 && share <= 1)).toBe(true);
  }, 60_000);

  it('stops when the task has ended', async () => {
    const ending = new AbortController();
    setTimeout(() => ending.abort(new Error('cancelled')), 60);
    await expect(inSlices(busy(100_000, 1), { ...quiet, signal: ending.signal })).rejects.toThrow('cancelled');
  });
});

describe('what is thinned', () => {
  const thinned = (count: number) => {
    const kept = new Thinned<number>(10);
    for (let i = 0; i < count; i++) kept.add(i);
    return kept.values;
  };

  it('is all of it while there is room', () => expect(thinned(10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  it('is every second, every fourth, … beyond, spread over all of it', () => {
    expect(thinned(11)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(thinned(40)).toEqual([0, 4, 8, 12, 16, 20, 24, 28, 32, 36]);
  });
});
