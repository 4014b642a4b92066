import type { Call } from './call.js';
import { FairQueue } from './fair-queue.js';

function queueOf(...calls: string[]) {
  const queue = new FairQueue();
  for (const call of calls) queue.push(named(call));
  return queue;
}

/** `a1` is the first call of the group a. */
function named(name: string): Call {
  return {
    name,
    group: name.slice(0, 1),
    inputFor: () => null,
    limits: { wallClockMs: 1, memoryMb: 1, outputBytes: 1 },
    resolve() {},
    reject() {},
  };
}

const names = (calls: Call[]) => calls.map(({ name }) => name).join(' ');

describe('calls that wait', () => {
  it('are taken in the order of one group', () => expect(names(queueOf('a1', 'a2', 'a3').take(2))).toBe('a1 a2'));

  it('are taken from each group in turn, however many another has', () => {
    const queue = queueOf('a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2');
    expect(names(queue.take(4))).toBe('a1 b1 c1 a2');
    queue.push(named('d1'));
    expect(names(queue.take(4))).toBe('b2 a3 d1 a4');
    expect(queue.size).toBe(0);
  });

  it('of groups that may not be taken from stay', () => {
    const queue = queueOf('a1', 'a2', 'b1');
    expect(names(queue.take(3, (group) => group !== 'a'))).toBe('b1');
    expect(names(queue.take(3))).toBe('a1 a2');
  });

  it('of groups that may not be taken from keep their turn', () => {
    const queue = queueOf('a1', 'b1', 'b2', 'c1');
    expect(names(queue.take(2, (group) => group !== 'a'))).toBe('b1 c1');
    expect(queue.next).toBe('a');
  });

  it('that are put back come before all others', () => {
    const queue = queueOf('a1');
    const taken = queue.take(1);
    for (const name of ['b1', 'c1']) queue.push(named(name));
    queue.putBack(taken);
    expect(names(queue.take(3))).toBe('a1 b1 c1');
  });

  it('that are put back come first', () => {
    const queue = queueOf('a3', 'b1');
    queue.putBack([named('a1'), named('a2')]);
    expect(queue.size).toBe(4);
    expect(names(queue.take(4))).toBe('a1 b1 a2 a3');
  });

  it('can be taken away', () => {
    const [one, other] = [named('a1'), named('a2')];
    const queue = new FairQueue();
    queue.push(one);
    queue.push(other);
    queue.remove(one);
    queue.remove(one);
    expect(queue.size).toBe(1);
    expect(names(queue.take(2))).toBe('a2');
  });
});
