import { golden } from '../golden.fixture.js';
import { Forest } from './forest.js';
import { fromScikit } from './scikit-tree.fixture.js';

const { forest, unseen, probabilities } = golden.trees;
const trees = forest.map((tree) => fromScikit(tree, (node) => tree.held[node]!));
const rows = unseen.map((row) => Float32Array.from(row));

describe('a forest', () => {
  const joined = Forest.join(trees, 3);

  it("of scikit-learn's trees gives scikit-learn's probabilities: the mean of the shares in the leaves", () => {
    const sums = new Float64Array(rows.length * 3);
    joined.addLeaves(rows, sums);
    probabilities.flat().forEach((probability, i) => {
      expect(sums[i]! / trees.length).toBeCloseTo(probability, 6);
    });
  });

  it('says the same of rows alone and together, and joined in any steps', () => {
    const inSteps = Forest.join([Forest.join(trees.slice(0, 2), 3), Forest.join([], 3), ...trees.slice(2)], 3);
    expect(inSteps).toEqual(joined);
    const together = new Float64Array(rows.length * 3);
    joined.addLeaves(rows, together);
    const alone = rows.flatMap((row) => {
      const sums = new Float64Array(3);
      joined.addLeaves([row], sums);
      return [...sums];
    });
    expect([...together]).toEqual(alone);
  });

  it('is refused where a walk would end nowhere, or never', () => {
    expect(() => joined.check(5)).not.toThrow();
    expect(() => joined.check(Math.max(...joined.feature))).toThrow('MODEL_INVALID');
    const changed = (change: Partial<Forest>) => {
      const { feature, threshold, child, leaves, leafSize, roots } = { ...joined, ...change };
      return () => new Forest(feature, threshold, child, leaves, leafSize, roots).check(5);
    };
    const inner = joined.feature.findIndex((column) => column >= 0);
    const leaf = joined.feature.indexOf(-1);
    for (const wrong of [inner, -1, joined.child.length - 1, 2 ** 31 - 1]) {
      expect(changed({ child: joined.child.with(inner, wrong) })).toThrow('MODEL_INVALID');
    }
    for (const wrong of [-1, joined.leaves.length / 3]) expect(changed({ child: joined.child.with(leaf, wrong) })).toThrow('MODEL_INVALID');
    for (const wrong of [-2, 5]) expect(changed({ feature: joined.feature.with(inner, wrong) })).toThrow('MODEL_INVALID');
    expect(changed({ roots: Int32Array.of(joined.feature.length) })).toThrow('MODEL_INVALID');
    expect(changed({ roots: new Int32Array(0) })).toThrow('MODEL_INVALID');
    expect(changed({ threshold: joined.threshold.slice(1) })).toThrow('MODEL_INVALID');
    expect(changed({ leaves: joined.leaves.slice(1) })).toThrow('MODEL_INVALID');
  });
});
