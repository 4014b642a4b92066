import { getEventListeners } from 'node:events';
import { Semaphore } from './semaphore.js';

describe('a semaphore', () => {
  it('gives slots in the order in which they were asked for, also when a later one would fit', async () => {
    const semaphore = new Semaphore(3);
    const order: string[] = [];
    const first = await semaphore.acquire(2);
    const takeTurn = async (name: string, wanted: number) => {
      const taken = await semaphore.acquire(wanted);
      order.push(name);
      semaphore.release(taken);
    };
    const turns = [takeTurn('large', 3), takeTurn('small', 1)];
    expect(semaphore.available).toBe(0);
    semaphore.release(first);
    await Promise.all(turns);
    expect(order).toEqual(['large', 'small']);
    expect(semaphore.available).toBe(3);
  });

  it('gives slots to the most urgent first', async () => {
    const semaphore = new Semaphore(1);
    const order: number[] = [];
    await semaphore.acquire(1);
    const turns = [9, 5, 0, 5].map(async (urgency) => {
      const taken = await semaphore.acquire(1, undefined, urgency);
      order.push(urgency);
      semaphore.release(taken);
    });
    semaphore.release(1);
    await Promise.all(turns);
    expect(order).toEqual([0, 5, 5, 9]);
  });

  it('gives all there are to who wants more', async () => expect(await new Semaphore(2).acquire(5)).toBe(2));

  it('leaves nothing with the signal of who has his slots', async () => {
    const semaphore = new Semaphore(1);
    const { signal } = new AbortController();
    for (let n = 0; n < 3; n++) semaphore.release(await semaphore.acquire(1, signal));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('gives nothing to who has given up, and goes on with those behind', async () => {
    const semaphore = new Semaphore(2);
    const abort = new AbortController();
    await semaphore.acquire(1);
    const gaveUp = semaphore.acquire(2, abort.signal);
    const behind = semaphore.acquire(1);
    abort.abort();
    expect(await gaveUp).toBe(0);
    expect(await behind).toBe(1);
    expect(await semaphore.acquire(1, abort.signal)).toBe(0);
  });
});
