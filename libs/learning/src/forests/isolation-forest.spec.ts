import { Matrix } from '../data/matrix.js';
import { golden } from '../golden.fixture.js';
import { curveOf, rocAuc } from '../measures/curves.js';
import { quantile } from '../measures/intervals.js';
import { Random } from '../random.js';
import { Forest } from './forest.js';
import { IsolationForest, pathLength } from './isolation-forest.js';
import { fromScikit } from './scikit-tree.fixture.js';

const { isolation } = golden;

describe('an isolation forest', () => {
  it("of scikit-learn's trees gives scikit-learn's scores and threshold", () => {
    const trees = isolation.forest.map((tree) => fromScikit(tree, (node, depth) => [depth + pathLength(tree.held[node]!)]));
    const scores = new IsolationForest(Forest.join(trees, 1), isolation.subsample, 0.5).score(
      isolation.x.map((row) => Float32Array.from(row)),
    );
    isolation.scores.forEach((score, row) => {
      expect(scores[row]).toBeCloseTo(score, 6);
    });
    expect(quantile(scores.toSorted(), 1 - isolation.contamination)).toBeCloseTo(isolation.threshold, 6);
  });

  it('has the mean path length of a search in a random binary tree', () => {
    expect([1, 2].map(pathLength)).toEqual([0, 1]);
    expect(pathLength(256)).toBeCloseTo(10.2448, 4); // 2·(ln 255 + 0.5772) − 2·255/256
  });

  const random = new Random(2, 'spec');
  const matrix = Matrix.of(
    Array.from({ length: 500 }, (_, row) => Array.from({ length: 6 }, (_, column) => random.normal(6 * row + column) + (row < 25 ? 3 : 0))),
  );
  const rows = Array.from({ length: 500 }, (_, row) => matrix.row(row));
  const isPlanted = rows.map((_, row) => row < 25);

  it('ranks what lies apart first', () => {
    const forest = IsolationForest.fit(matrix, { seed: 1 });
    expect(rocAuc(curveOf(forest.score(rows), isPlanted))).toBeGreaterThan(0.98);
    expect(forest.threshold).toBe(0.5);
    expect(forest.subsample).toBe(256);
  });

  it('holds the given share of the rows for anomalous', () => {
    const forest = IsolationForest.fit(matrix, { contamination: 0.05, seed: 1 });
    const found = [...forest.score(rows)].flatMap((score, row) => (score > forest.threshold ? [row] : []));
    expect(found).toHaveLength(25);
    expect(found.filter((row) => isPlanted[row]).length).toBeGreaterThanOrEqual(20);
  });

  it('is the same for the same seed, another for another', () => {
    expect(IsolationForest.fit(matrix, { seed: 1 })).toEqual(IsolationForest.fit(matrix, { seed: 1 }));
    expect(IsolationForest.fit(matrix, { seed: 1 })).not.toEqual(IsolationForest.fit(matrix, { seed: 2 }));
  });

  it('finds nothing apart where all rows are the same', () => {
    const same = Matrix.of(Array.from({ length: 10 }, () => [1, 2]));
    const forest = IsolationForest.fit(same, { seed: 1 });
    expect(forest.score([same.row(0)])[0]).toBeCloseTo(0.5, 6);
    expect(forest.subsample).toBe(10);
  });

  it('refuses a single row, values that are no numbers, and a share above a half', () => {
    expect(() => IsolationForest.fit(Matrix.of([[1, 2]]), { seed: 1 })).toThrow('TRAINING_DATA_UNFIT');
    expect(() => IsolationForest.fit(Matrix.of([[1], [Number.NaN]]), { seed: 1 })).toThrow('TRAINING_DATA_UNFIT: row 1, column 0 is NaN');
    for (const contamination of [0, 0.6, Number.NaN])
      expect(() => IsolationForest.fit(matrix, { contamination, seed: 1 })).toThrow(RangeError);
  });
});
