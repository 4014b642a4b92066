import { InOrder } from './in-order.js';

describe('work in order', () => {
  it('is done one after the other, and the oldest that waits is let go when there is too much', async () => {
    const done: number[] = [];
    const letGo: number[] = [];
    const gates: (() => void)[] = [];
    const perform = async (work: number) => {
      await new Promise<void>((open) => gates.push(open));
      done.push(work);
    };
    const works = new InOrder<number>(perform, (work) => letGo.push(work), 2);
    for (const work of [1, 2, 3, 4]) works.add(work);
    expect(letGo).toEqual([2]);
    while (done.length < 3) {
      gates.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(done).toEqual([1, 3, 4]);
  });
});
