import { melOf, roundTicks } from './ticks.js';

describe('round ticks', () => {
  it('are steps of 1, 2 or 5 times a power of ten', () => {
    expect(roundTicks(8, 6)).toEqual({ values: [0, 2, 4, 6], decimals: 0 });
    expect(roundTicks(0.8, 6)).toEqual({ values: [0, 0.2, 0.4, expect.closeTo(0.6)], decimals: 1 });
  });
  it('is 0 alone where there is nothing to divide', () => expect(roundTicks(0, 6).values).toEqual([0]));
});

describe('mel', () => {
  it('is linear up to 1 kHz, and goes on without a jump', () => {
    expect(melOf(500)).toBe(7.5);
    expect(melOf(1_000)).toBe(15);
    expect(melOf(6_400)).toBeCloseTo(42);
  });
});
