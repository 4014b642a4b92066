import { EarshotError } from '@earshot/contracts';

/** As `feature` of a leaf. */
export const isLeaf = -1;

/**
 * One tree or many, as flat arrays. A row goes from node i to `child[i]` when its value in column `feature[i]` is at most `threshold[i]`,
 * else to `child[i] + 1`. A leaf has the feature −1, and `child[i]` is then its number among all leaves.
 */
export class Forest {
  constructor(
    readonly feature: Int32Array,
    readonly threshold: Float32Array,
    readonly child: Int32Array,
    /** Leaves × `leafSize`: what each holds. */
    readonly leaves: Float32Array,
    readonly leafSize: number,
    /** Of each tree, its first node. */
    readonly roots: Int32Array = new Int32Array(1),
  ) {}

  /** The trees of all of them, in that order. */
  static join(forests: readonly Forest[], leafSize: number): Forest {
    const total = (lengthOf: (forest: Forest) => number) => forests.reduce((sum, forest) => sum + lengthOf(forest), 0);
    const nodeCount = total(({ feature }) => feature.length);
    const [feature, threshold, child] = [new Int32Array(nodeCount), new Float32Array(nodeCount), new Int32Array(nodeCount)];
    const leaves = new Float32Array(total((forest) => forest.leaves.length));
    const roots = new Int32Array(total((forest) => forest.roots.length));
    let [node, leaf, tree] = [0, 0, 0];
    for (const one of forests) {
      feature.set(one.feature, node);
      threshold.set(one.threshold, node);
      leaves.set(one.leaves, leaf * leafSize);
      for (let i = 0; i < one.child.length; i++) child[node + i] = one.child[i]! + (one.feature[i] === isLeaf ? leaf : node);
      for (const root of one.roots) roots[tree++] = root + node;
      node += one.feature.length;
      leaf += one.leaves.length / leafSize;
    }
    return new Forest(feature, threshold, child, leaves, leafSize, roots);
  }

  /** Adds to `sums` (rows × leafSize) what the leaves hold that each row comes to, tree after tree. */
  addLeaves(rows: readonly Float32Array[], sums: Float64Array): void {
    const { feature, threshold, child, leaves, roots, leafSize } = this;
    for (let tree = 0; tree < roots.length; tree++) {
      for (let r = 0; r < rows.length; r++) {
        const row = rows[r]!;
        let node = roots[tree]!;
        for (let column = feature[node]!; column !== isLeaf; column = feature[node]!) {
          node = row[column]! <= threshold[node]! ? child[node]! : child[node]! + 1;
        }
        const leaf = child[node]! * leafSize;
        for (let i = 0; i < leafSize; i++) sums[r * leafSize + i]! += leaves[leaf + i]!;
      }
    }
  }

  /** Refuses a forest (from a file) on which a walk could leave the arrays, never end, or ask a row for a column that it has not. */
  check(columns: number): void {
    const { feature, threshold, child, leaves, roots, leafSize } = this;
    const isWhole = roots.length > 0 && roots.every((root) => root >= 0 && root < feature.length);
    if (!isWhole || threshold.length !== feature.length || child.length !== feature.length || leaves.length % leafSize !== 0) {
      throw new EarshotError('MODEL_INVALID', 'The arrays of the forest do not fit together');
    }
    feature.forEach((column, node) => {
      const next = child[node]!;
      const isRight =
        column === isLeaf
          ? next >= 0 && next < leaves.length / leafSize
          : column >= 0 && column < columns && next > node && next + 1 < feature.length;
      if (!isRight) throw new EarshotError('MODEL_INVALID', `Node ${node} of the forest leads nowhere`);
    });
  }
}
