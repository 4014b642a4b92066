import { setImmediate as nextRound } from 'node:timers/promises';
import { Round } from './round.js';

/** Takes as many as there may be, of this many, each of which costs that long. */
function takeMany(round: Round, holder: string, many: number, costMs: number): number {
  let taken = 0;
  for (let n = 0; n < many && round.take(holder); n++) {
    taken++;
    for (const endMs = performance.now() + costMs; performance.now() < endMs; );
  }
  return taken;
}

describe('a round of the event loop', () => {
  it('that is long takes no more of whoever has had his part, a few of anybody else, and all of them when the next one begins', async () => {
    const round = new Round({ roundMs: 20, partOfRound: 3 });
    const taken = takeMany(round, 'greedy', 1_000, 2);
    expect(taken).toBeGreaterThanOrEqual(3);
    expect(taken).toBeLessThanOrEqual(12);
    expect(takeMany(round, 'modest', 10, 0)).toBe(3);
    await nextRound();
    expect(round.take('greedy')).toBe(true);
  });

  it('knows whom it has refused, until it is over', async () => {
    const round = new Round({ roundMs: 20, partOfRound: 3 });
    round.refuse('the key of greedy');
    expect([round.hasRefused('the key of greedy'), round.hasRefused('another')]).toEqual([true, false]);
    await nextRound();
    expect(round.hasRefused('the key of greedy')).toBe(false);
  });

  it('that is short takes whatever comes', () => {
    const round = new Round({ roundMs: 10_000, partOfRound: 3 });
    expect(takeMany(round, 'somebody', 1_000, 0)).toBe(1_000);
  });
});
