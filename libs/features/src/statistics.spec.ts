import { RowStatistics } from './statistics.js';

/** Two rows over six frames, as quads. */
const rows = [
  [1, 2, 3, 4, 5, 6],
  [10, 10, 10, 10, 10, 16],
];
const quads = (from: number, to: number) => {
  const values = new Float32Array(Math.ceil((to - from) / 4) * 8).fill(99);
  for (let t = from; t < to; t++)
    rows.forEach((row, r) => {
      values[((t - from) >> 2) * 8 + r * 4 + ((t - from) & 3)] = row[t]!;
    });
  return values;
};

describe('the statistics of rows', () => {
  const whole = new RowStatistics(2);
  whole.add(quads(0, 6), 6);
  const pieces = new RowStatistics(2);
  pieces.add(quads(0, 4), 4);
  pieces.add(quads(4, 6), 2);

  it.each([
    ['in one piece', whole],
    ['in two pieces', pieces],
  ])('are mean and population deviation, %s', (_, statistics) => {
    expect(statistics.ofRows('mean')[0]).toBeCloseTo(3.5, 12);
    expect(statistics.ofRows('std')[0]).toBeCloseTo(Math.sqrt(35 / 12), 12);
    expect(statistics.ofRows('mean')[1]).toBeCloseTo(11, 12);
    expect(statistics.ofRows('std')[1]).toBeCloseTo(Math.sqrt(5), 12);
  });

  it('of all values are those of one long list', () => {
    const all = rows.flat();
    const mean = all.reduce((sum, value) => sum + value, 0) / 12;
    expect(pieces.ofAll().mean).toBeCloseTo(mean, 12);
    expect(pieces.ofAll().std).toBeCloseTo(Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 12), 12);
  });
});
