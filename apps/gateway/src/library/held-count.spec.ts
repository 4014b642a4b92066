import { HeldCount } from './held-count.js';

describe('a count that is held', () => {
  let nowMs: number;
  let counted: number;
  const counting = (tookMs: number) =>
    new HeldCount(
      async () => {
        const number = ++counted;
        await Promise.resolve();
        nowMs += tookMs;
        return number;
      },
      () => nowMs,
    );
  beforeEach(() => {
    nowMs = 1_000_000;
    counted = 0;
  });

  it('is always new where it is quick', async () => {
    const count = counting(900);
    expect([await count.read(), await count.read()]).toEqual([1, 2]);
  });

  it('holds for ten times as long where it took more than a second', async () => {
    const count = counting(3_000);
    expect([await count.read(), await count.read()]).toEqual([1, 1]);
    nowMs += 29_999;
    expect(await count.read()).toBe(1);
    nowMs += 1;
    expect(await Promise.all([count.read(), count.read()])).toEqual([2, 2]); // they share it
  });

  it('is counted again after it failed', async () => {
    let calls = 0;
    const count = new HeldCount(async () => {
      calls += 1;
      if (calls === 1) throw new Error('away');
      return calls;
    });
    await expect(count.read()).rejects.toThrow('away');
    expect(await count.read()).toBe(2);
  });
});
