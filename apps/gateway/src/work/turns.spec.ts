import { setImmediate as turn } from 'node:timers/promises';
import { Turns } from './turns.js';

describe('turns', () => {
  it('let no more than so many work at a time, and all in their order', async () => {
    const turns = new Turns(2);
    const begun: number[] = [];
    let working = 0;
    let most = 0;
    const work = (n: number) => async () => {
      begun.push(n);
      most = Math.max(most, ++working);
      await turn();
      working -= 1;
      if (n === 1) throw new Error('one fails');
      return n;
    };
    const results = await Promise.allSettled([0, 1, 2, 3, 4].map((n) => turns.take(work(n))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    expect(most).toBe(2);
    expect(await turns.take(async () => 'free again')).toBe('free again');
  });
});
