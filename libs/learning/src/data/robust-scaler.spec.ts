import { Matrix } from './matrix.js';
import { RobustScaler } from './robust-scaler.js';

describe('a robust scaler', () => {
  const scaler = RobustScaler.fit(
    Matrix.of([
      [1, 0, 7],
      [2, 0, 7],
      [3, 0, 7],
      [4, 0, 7],
      [1000, 8, 7],
    ]),
  );

  it('takes the median and the interquartile range, which one wild value does not move', () => {
    expect([scaler.median[0], scaler.scale[0]]).toEqual([3, 2]);
    expect(scaler.apply(Float32Array.from([5, 0, 7]))[0]).toBe(1);
  });

  it('takes the deviation where half of the values are the same, and leaves alone what is always the same', () => {
    expect(scaler.scale[1]).toBeCloseTo(3.2); // of four 0 and one 8
    expect(scaler.scale[2]).toBe(1);
  });

  it('lets nothing be farther out than 20, in place too', () => {
    const row = Float32Array.from([-1e9, 1e9, 8]);
    expect(scaler.apply(row, row)).toEqual(Float32Array.from([-20, 20, 1]));
  });
});
