import { golden } from '../golden.fixture.js';
import { balancedClassWeights, labelCounts } from './labels.js';
import { Matrix, matrixOf } from './matrix.js';
import { StandardScaler } from './standard-scaler.js';

const expectClose = (actual: ArrayLike<number>, expected: readonly number[], digits: number) => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(actual[i]! / (value || 1)).toBeCloseTo(value === 0 ? 0 : 1, digits);
  });
};

describe('a matrix', () => {
  const rows = [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ];

  it('takes rows in any order', () => expect(Matrix.of(rows).take([2, 0]).values).toEqual(Float32Array.of(7, 8, 9, 1, 2, 3)));
  it('refuses rows of different lengths', () => expect(() => Matrix.of([[1, 2], [3]])).toThrow('Row 1 has 1 values, row 0 has 2'));

  it('of a training refuses what is no number', () => {
    const vectors = [Float32Array.of(1, 2), Float32Array.of(3, Number.NaN)];
    const data = { shape: [2], rows: 2, row: (i: number) => vectors[i]!, labels: Int32Array.of(0, 1) };
    expect(() => matrixOf(data)).toThrow('TRAINING_DATA_UNFIT: row 1, column 1 is NaN');
  });

  it('of a training refuses rows of different lengths, as profiles of whole clips make them', () => {
    const vectors = [Float32Array.of(1, 2), Float32Array.of(3, 4, 5)];
    const data = { shape: [2], rows: 2, row: (i: number) => vectors[i]!, labels: Int32Array.of(0, 1) };
    expect(() => matrixOf(data)).toThrow('TRAINING_DATA_UNFIT: this recipe learns from rows of one length');
  });
});

describe('the standard scaler', () => {
  const { x, mean, scale, z } = golden.scaling;
  const scaler = StandardScaler.fit(Matrix.of(x));

  it("has scikit-learn's mean and scale, 1 for a column that never changes", () => {
    expectClose(scaler.mean, mean, 12);
    expectClose(scaler.scale, scale, 12);
    expect(scaler.scale[3]).toBe(1);
  });

  it("brings rows to scikit-learn's values", () => {
    x.forEach((row, i) => {
      expectClose(scaler.apply(Float32Array.from(row)), z[i]!, 6);
    });
  });
});

describe('labels', () => {
  it('are counted, 0 without rows', () => expect(labelCounts(Int32Array.of(1, 0, 1), 3)).toEqual(Int32Array.of(1, 2, 0)));

  it("are weighed as scikit-learn's balanced class weights, 0 without rows", () => {
    const [zero, two, three] = golden.scaling.weights;
    expectClose(balancedClassWeights(Int32Array.from(golden.scaling.labels), 4), [zero!, 0, two!, three!], 12);
  });
});
