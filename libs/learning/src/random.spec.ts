import { Random } from './random.js';

const count = 100_000;
const draws = (random: Random) => Float64Array.from({ length: count }, (_, i) => random.uniform(i));
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('random numbers', () => {
  const random = new Random(7, 'dropout', 3);

  it('depend on seed, purpose and index alone', () => {
    expect(new Random(7, 'dropout', 3).bits(5)).toBe(random.bits(5));
    const others = [
      new Random(8, 'dropout', 3),
      new Random(7, 'shuffle', 3),
      new Random(7, 'dropout', 4),
      new Random(7 + 2 ** 32, 'dropout', 3),
    ];
    for (const other of others) expect(other.bits(5)).not.toBe(random.bits(5));
    expect(new Random(1, 'a', 'b').bits(0)).not.toBe(new Random(1, 'ab').bits(0));
  });

  it('stay the same: a stored seed means the same for ever', () => {
    expect([0, 1, 2].map((i) => random.bits(i))).toEqual([2_465_168_063, 2_714_366_544, 2_888_268_238]);
  });

  it('are even: mean 1/2, variance 1/12, every sixteenth equally full', () => {
    const values = draws(random);
    expect(mean(values)).toBeCloseTo(1 / 2, 2);
    expect(mean(values.map((value) => (value - 1 / 2) ** 2))).toBeCloseTo(1 / 12, 2);
    const bins = new Int32Array(16);
    for (const value of values) bins[Math.floor(value * 16)]!++;
    const chiSquare = bins.reduce((sum, n) => sum + (n - count / 16) ** 2 / (count / 16), 0);
    expect(chiSquare).toBeLessThan(37.7); // one in a thousand for 15 degrees of freedom
  });

  it('of neighbouring indexes, seeds and purposes do not go together', () => {
    const values = draws(random).map((value) => value - 1 / 2);
    const correlation = (other: Float64Array) => 12 * mean(values.map((value, i) => value * (other[i]! - 1 / 2)));
    const shifted = Float64Array.from({ length: count }, (_, i) => random.uniform(i + 1));
    for (const other of [shifted, draws(new Random(8, 'dropout', 3)), draws(new Random(7, 'dropout', 4))]) {
      expect(Math.abs(correlation(other))).toBeLessThan(0.013); // four deviations
    }
  });

  it('of the normal distribution have mean 0, deviation 1 and its tails', () => {
    const values = Float64Array.from({ length: count }, (_, i) => random.normal(i));
    expect(mean(values)).toBeCloseTo(0, 1.7);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 1.5);
    expect(values.filter((value) => Math.abs(value) > 2).length / count).toBeCloseTo(0.0455, 2);
  });

  it('bring each order of three about as often', () => {
    const orders = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = new Random(seed, 'shuffle').permutation(3).join();
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(6);
    for (const times of orders.values()) expect(Math.abs(times - 1000)).toBeLessThan(116); // four deviations
  });

  it('refuse a seed that is no whole number', () => expect(() => new Random(0.5)).toThrow(RangeError));
});
