import { SampleQueue } from './sample-queue.js';

describe('a queue of samples', () => {
  it('begins with its zeros and keeps the order, however much passes through', () => {
    const queue = new SampleQueue(3);
    expect([...queue.view()]).toEqual([0, 0, 0]);
    queue.drop(3);
    let next = 0;
    for (let round = 0; round < 50; round++) {
      const room = queue.extend(997);
      for (let i = 0; i < room.length; i++) room[i] = round * 997 + i;
      const all = queue.view();
      expect([all[0], all.at(-1), all.length]).toEqual([next, round * 997 + 996, queue.length]);
      queue.drop(900);
      next += 900;
    }
  });

  it('is empty after clear', () => {
    const queue = new SampleQueue(5);
    queue.append(Float32Array.of(1, 2));
    queue.clear();
    queue.append(Float32Array.of(7));
    expect([...queue.view()]).toEqual([7]);
  });
});
