import { Matrix } from '../data/matrix.js';
import { golden } from '../golden.fixture.js';
import { Random } from '../random.js';
import type { Forest } from './forest.js';
import { type GrowthRules, TreeGrower } from './grow-tree.js';
import { SortedColumns } from './sorted-columns.js';

const freely: GrowthRules = { columnsPerSplit: 100, maxDepth: null, minRowsToSplit: 2, minRowsInLeaf: 1 };

function grow(
  rows: readonly number[][],
  labels: readonly number[],
  { rules = freely, weights = [1, 1, 1], times = labels.map(() => 1) }: { rules?: GrowthRules; weights?: number[]; times?: number[] } = {},
): Forest {
  const grower = new TreeGrower(new SortedColumns(Matrix.of(rows)), Int32Array.from(labels), Float64Array.from(weights), rules);
  return grower.grow(Int32Array.from(times), new Random(1, 'spec'));
}

/** The tree as nested objects, from a node on. */
interface Nested {
  held?: number[];
  feature?: number;
  threshold?: number;
  left?: Nested;
  right?: Nested;
}

function nested(tree: Forest, node = 0): Nested {
  const child = tree.child[node]!;
  if (tree.feature[node]! < 0) return { held: [...tree.leaves.subarray(child * tree.leafSize, (child + 1) * tree.leafSize)] };
  return { feature: tree.feature[node]!, threshold: tree.threshold[node]!, left: nested(tree, child), right: nested(tree, child + 1) };
}

const depthOf = ({ left, right }: Nested): number => (left && right ? 1 + Math.max(depthOf(left), depthOf(right)) : 0);

/** 80 rows of 4 columns (few different values, so that many are equal) and 3 labels. */
const random = new Random(4, 'data');
const rows = Array.from({ length: 80 }, (_, row) =>
  Array.from({ length: 4 }, (_, column) => random.below(4 * row + column, 12) / 10 - 0.3),
);
const labels = rows.map(([a, b], row) => (a! + b! + random.uniform(1000 + row) / 2 > 0.8 ? 2 : b! > 0.2 ? 1 : 0));

describe('a grown tree', () => {
  it("is scikit-learn's: columns, thresholds and shares in the leaves", () => {
    const { x, y, tree } = golden.trees;
    const theirs = (node: number): Nested => {
      if (tree.feature[node]! < 0) return { held: [...Float32Array.from(tree.held[node]!)] };
      return {
        feature: tree.feature[node]!,
        threshold: Math.fround(tree.threshold[node]!),
        left: theirs(tree.left[node]!),
        right: theirs(tree.right[node]!),
      };
    };
    const ours = nested(grow(x, y, { rules: { ...freely, maxDepth: 4, minRowsInLeaf: 5 } }));
    expect(depthOf(ours)).toBe(4);
    expect(ours).toEqual(theirs(0));
  });

  it('splits where the impurity that is left is least, of all columns and values', () => {
    const impurity = (part: number[]) =>
      part.length - [0, 1, 2].reduce((sum, c) => sum + part.filter((row) => labels[row] === c).length ** 2, 0) / part.length;
    const leftBy = (column: number, threshold: number) => {
      const sides = [true, false].map((isLeft) =>
        [...rows.keys()].filter((row) => Math.fround(rows[row]![column]!) <= threshold === isLeft),
      );
      return sides.every((side) => side.length > 0) ? impurity(sides[0]!) + impurity(sides[1]!) : Number.POSITIVE_INFINITY;
    };
    const all = rows.flatMap((row) => row.map((value, column) => leftBy(column, Math.fround(value))));
    const tree = grow(rows, labels);
    expect(leftBy(tree.feature[0]!, tree.threshold[0]!)).toBeCloseTo(Math.min(...all), 9);
  });

  it('tells apart every two rows that differ, and gives the shares of those that do not', () => {
    const tree = grow(rows, labels);
    const sums = new Float64Array(rows.length * 3);
    tree.addLeaves(
      rows.map((row) => Float32Array.from(row)),
      sums,
    );
    rows.forEach((row, i) => {
      const same = [...rows.keys()].filter((other) => String(rows[other]) === String(row));
      for (let c = 0; c < 3; c++) expect(sums[3 * i + c]).toBeCloseTo(same.filter((other) => labels[other] === c).length / same.length, 6);
    });
  });

  it('counts a row in the bag twice as two rows, and one that is not as none', () => {
    const times = labels.map((_, row) => row % 3);
    const twice = labels.flatMap((_, row) => new Array<number>(row % 3).fill(row));
    expect(nested(grow(rows, labels, { times }))).toEqual(
      nested(
        grow(
          twice.map((row) => rows[row]!),
          twice.map((row) => labels[row]!),
        ),
      ),
    );
  });

  it('counts the rows of a label by its weight', () => {
    const double = labels.map((label) => (label === 2 ? 2 : 1));
    expect(nested(grow(rows, labels, { weights: [1, 1, 2] }))).toEqual(nested(grow(rows, labels, { times: double })));
  });

  it('keeps to its rules', () => {
    expect(depthOf(nested(grow(rows, labels, { rules: { ...freely, maxDepth: 2 } })))).toBe(2);
    expect(nested(grow(rows, labels, { rules: { ...freely, minRowsToSplit: 81 } })).held).toHaveLength(3);
    const tree = grow(rows, labels, { rules: { ...freely, minRowsInLeaf: 7 } });
    const visits = new Map<string, number>();
    for (const row of rows) {
      const sums = new Float64Array(3);
      tree.addLeaves([Float32Array.from(row)], sums);
      visits.set(sums.join(), (visits.get(sums.join()) ?? 0) + 1);
    }
    expect(tree.leaves.length).toBeGreaterThan(6);
    for (const count of visits.values()) expect(count).toBeGreaterThanOrEqual(7);
  });

  it('goes on looking while all values of a column are the same', () => {
    const mostlyConstant = labels.map((label) => [1, 1, 1, 1, 1, 1, 1, label]);
    const tree = grow(mostlyConstant, labels, { rules: { ...freely, columnsPerSplit: 1 } });
    expect(tree.feature[0]).toBe(7);
    expect(
      nested(
        grow(
          labels.map(() => [1, 2]),
          labels,
        ),
      ).held,
    ).toHaveLength(3); // nothing to split by
  });

  it('has thresholds that neighbouring floats keep apart', () => {
    const [below, above] = [1, 1 + 2 ** -23];
    const tree = grow([[below], [above]], [0, 1]);
    expect(tree.threshold[0]).toBe(below);
    expect(tree.leaves).toEqual(Float32Array.of(1, 0, 0, 0, 1, 0));
  });
});
