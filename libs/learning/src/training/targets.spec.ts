import { batchCount, batchRows, epochOrder } from './batches.js';
import { mixOf, mixRows, targetsOf, targetTable } from './targets.js';

describe('targets', () => {
  it('are 1 for the label', () => expect([...targetsOf(targetTable(3), [2, 0])]).toEqual([0, 0, 1, 1, 0, 0]));

  it('have smoothing and class weights in them', () => {
    const smooth = targetsOf(targetTable(2, 0.2), [1]);
    expect(smooth[0]).toBeCloseTo(0.1, 6);
    expect(smooth[1]).toBeCloseTo(0.9, 6);
    expect([...targetsOf(targetTable(2, 0, [3, 0.5]), [0, 1])]).toEqual([3, 0, 0, 0.5]);
  });
});

describe('mixup', () => {
  it('gives each row a share of its partner, and depends on seed and step alone', () => {
    const mix = mixOf(0.4, 3, 1, 7);
    expect(mixOf(0.4, 3, 1, 7)).toEqual(mix);
    expect(mixOf(0.4, 3, 1, 8).share).not.toBe(mix.share);
    const values = Float32Array.of(1, 2, 0, 10, 20, 0, 100, 200, 0);
    const before = values.slice();
    mixRows(values, mix, 2, 3);
    mix.partners.forEach((other, row) => {
      for (const i of [0, 1])
        expect(values[3 * row + i]).toBeCloseTo(mix.share * before[3 * row + i]! + (1 - mix.share) * before[3 * other + i]!, 4);
      expect(values[3 * row + 2]).toBe(0);
    });
  });

  it('takes shares from the beta distribution', () => {
    for (const alpha of [0.2, 1]) {
      const shares = Array.from({ length: 4000 }, (_, step) => mixOf(alpha, 1, 1, step).share);
      const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
      const variance = shares.reduce((a, b) => a + (b - mean) ** 2, 0) / shares.length;
      expect(mean).toBeCloseTo(0.5, 1);
      expect(variance).toBeCloseTo(1 / (4 * (2 * alpha + 1)), 2);
    }
  });
});

describe('the batches of an epoch', () => {
  it.each([
    [33, 32, [33]],
    [34, 32, [32, 2]],
    [64, 32, [32, 32]],
    [65, 32, [32, 33]],
    [5, 32, [5]],
    [1, 8, [1]],
  ])('of %i rows by %i are %j: none has a single row', (rows, batch, sizes) => {
    const order = epochOrder(rows, 1, 0);
    const batches = Array.from({ length: batchCount(rows, batch) }, (_, index) => batchRows(order, batch, index));
    expect(batches.map(({ length }) => length)).toEqual(sizes);
    expect(batches.flatMap((part) => [...part]).toSorted((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i));
  });

  it('are others in each epoch', () => {
    expect(epochOrder(50, 1, 0)).toEqual(epochOrder(50, 1, 0));
    expect(epochOrder(50, 1, 0)).not.toEqual(epochOrder(50, 1, 1));
    expect(epochOrder(50, 1, 0)).not.toEqual(epochOrder(50, 2, 0));
  });
});
