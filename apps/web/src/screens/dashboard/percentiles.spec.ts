import { percentile } from './percentiles.js';

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  it.each([
    [0.5, 50],
    [0.95, 95],
    [0.99, 99],
    [1, 100],
  ])('of %d of a hundred is the value at that place', (share, value) => expect(percentile(hundred, share)).toBe(value));
  it('of one value is that', () => expect(percentile([7], 0.99)).toBe(7));
});
