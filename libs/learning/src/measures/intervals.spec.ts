import { golden } from '../golden.fixture.js';
import { Random } from '../random.js';
import { groupInterval, quantile, wilsonInterval } from './intervals.js';

describe('the interval of an accuracy', () => {
  it.each(golden.measures.wilson)('of %d right among %d is the one of scipy', (k, n, low, high) => {
    expect(wilsonInterval(k, n)!.low).toBeCloseTo(low, 12);
    expect(wilsonInterval(k, n)!.high).toBeCloseTo(high, 12);
  });

  it('by group is about the one by row where each row is its own group', () => {
    const values = Float64Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? 0 : 1));
    const [byRow, byGroup] = [wilsonInterval(300, 400)!, groupInterval(values, Int32Array.from(values.keys()), 1)!];
    expect(Math.abs(byGroup.low - byRow.low)).toBeLessThan(0.01);
    expect(Math.abs(byGroup.high - byRow.high)).toBeLessThan(0.01);
  });

  it('by group is three times as wide where ten rows each say the same (√10)', () => {
    const random = new Random(1, 'spec');
    const groups = Int32Array.from({ length: 1000 }, (_, row) => Math.floor(row / 10));
    const values = Float64Array.from(groups, (group) => (random.uniform(group) < 0.75 ? 1 : 0));
    const right = values.reduce((sum, value) => sum + value, 0);
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    const ratio = width(groupInterval(values, groups, 1)!) / width(wilsonInterval(right, 1000)!);
    expect(ratio).toBeGreaterThan(2.8);
    expect(ratio).toBeLessThan(3.5);
    expect(groupInterval(values, groups, 1)).toEqual(groupInterval(values, groups, 1));
  });

  it('by group is not without width where every group was right', () => {
    const groups = Int32Array.from({ length: 50 }, (_, row) => Math.floor(row / 10));
    expect(groupInterval(new Float64Array(50).fill(1), groups, 1)).toEqual(wilsonInterval(5, 5));
    expect(wilsonInterval(5, 5)?.low).toBeLessThan(0.6);
    expect(groupInterval(new Float64Array(50), groups, 1)).toEqual(wilsonInterval(0, 5));
  });

  it('of one group, or of no rows, is unknown', () => {
    expect(groupInterval([1, 0, 1], Int32Array.of(4, 4, 4), 1)).toBeNull();
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});

describe('a quantile', () => {
  it('is linear between two values', () => {
    expect([0, 0.25, 0.5, 1].map((share) => quantile([1, 2, 4], share))).toEqual([1, 1.5, 2, 4]);
  });
});
