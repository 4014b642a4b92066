import { BackOff } from './back-off.js';

describe('the back-off', () => {
  const limits = { firstMs: 500, mostMs: 30_000, stableMs: 60_000 };
  const delays = (...ranMs: number[]) => {
    const backOff = new BackOff(limits);
    return ranMs.map((ran) => backOff.delayMs(ran));
  };

  it('doubles with each failure', () => expect(delays(10, 10, 10, 10)).toEqual([500, 1000, 2000, 4000]));
  it('has a longest delay', () => expect(delays(...Array<number>(9).fill(10)).at(-1)).toBe(30_000));
  it('begins anew after a child that ran well', () => expect(delays(10, 10, 60_000, 10)).toEqual([500, 1000, 500, 1000]));
});
