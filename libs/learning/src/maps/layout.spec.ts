import { nearness } from './layout.js';

describe('the nearness of points on a map', () => {
  const distances = Array.from({ length: 300 }, (_, i) => (3 * i) / 299);
  const wanted = (d: number) => (d <= nearness.leastDistance ? 1 : Math.exp(-(d - nearness.leastDistance)));
  const error = (a: number, b: number) => distances.reduce((sum, d) => sum + (1 / (1 + a * d ** (2 * b)) - wanted(d)) ** 2, 0);

  it('is the least squares fit of what is wanted, to the digits that are given', () => {
    const { a, b } = nearness;
    const least = Math.min(...[-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j) => error(a + 0.002 * i, b + 0.001 * j))));
    expect(error(a, b)).toBe(least);
  });
});
