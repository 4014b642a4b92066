import { secondsLeft } from './pace.js';

describe('the time that is left', () => {
  it('is that of the steps left, at the pace of those that were seen', () =>
    expect(secondsLeft({ first: { step: 10, atMs: 0 }, last: { step: 20, atMs: 5_000 }, of: 100 })).toBe(40));

  it.each([
    ['nothing has moved', { first: { step: 10, atMs: 0 }, last: { step: 10, atMs: 60_000 }, of: 100 }],
    ['too little was seen', { first: { step: 10, atMs: 0 }, last: { step: 20, atMs: 1_000 }, of: 100 }],
    ['nothing is left', { first: { step: 10, atMs: 0 }, last: { step: 100, atMs: 60_000 }, of: 100 }],
  ])('is not said where %s', (_, seen) => expect(secondsLeft(seen)).toBeNull());
});
