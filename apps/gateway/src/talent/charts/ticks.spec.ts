import { ticksOf, tickText } from './ticks.js';

const texts = (low: number, high: number, most?: number) => {
  const ticks = ticksOf(low, high, most);
  return ticks.map((tick) => tickText(tick, ticks));
};

describe('the ticks of an axis', () => {
  it.each([
    [-410, -35, ['−500', '−400', '−300', '−200', '−100', '0']],
    [0.021, 0.09, ['0.02', '0.04', '0.06', '0.08', '0.10']],
    [0.1, 0.9, ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
    [1_130, 4_020, ['1,000', '1,500', '2,000', '2,500', '3,000', '3,500', '4,000', '4,500']],
    [-0.2, 1.1, ['−0.25', '0.00', '0.25', '0.50', '0.75', '1.00', '1.25']],
  ])('from %d to %d are round and enclose it', (low, high, expected) => expect(texts(low, high, expected.length)).toEqual(expected));

  it('enclose a single value', () => {
    for (const value of [0, 3, -0.001]) {
      const ticks = ticksOf(value, value);
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks[0]!).toBeLessThan(value + 1e-12);
      expect(ticks.at(-1)!).toBeGreaterThan(value - 1e-12);
    }
  });

  it('are never more than was said, and enclose what they show', () => {
    for (let i = 1; i < 400; i++) {
      const [low, high] = [Math.sin(i) * 10 ** (i % 7), Math.sin(i) * 10 ** (i % 7) + (i % 13) + 0.01];
      const ticks = ticksOf(low, high, 6);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks[0]!).toBeLessThanOrEqual(low + 1e-9);
      expect(ticks.at(-1)!).toBeGreaterThanOrEqual(high - 1e-9);
    }
  });
});
