import type { Random } from '../random.js';
import { Forest, isLeaf } from './forest.js';
import { PlaceOrder } from './place-order.js';
import type { SortedColumns } from './sorted-columns.js';

export interface GrowthRules {
  /** Columns that are looked at for each split; more, as long as every value of those was the same. */
  columnsPerSplit: number;
  /** Null: until every leaf is pure. */
  maxDepth: number | null;
  minRowsToSplit: number;
  minRowsInLeaf: number;
}

/**
 * Grows classification trees with exact splits: of all thresholds between neighbouring values, the one that leaves the least Gini impurity.
 *
 *     impurity of a node = 1 − Σ p[c]²;     to be made least: wL · impurity(L) + wR · impurity(R),
 *     which is to make  Σ L[c]² / wL + Σ R[c]² / wR  greatest                  L[c], R[c] = weight of label c on each side
 *
 * The threshold is the middle between the two values. Reference: scikit-learn `DecisionTreeClassifier(criterion='gini')`.
 *
 * Columns were sorted once for all trees (`SortedColumns`); a node's rows come into a column's order by their places there (`PlaceOrder`),
 * and both sums of squares follow each row that changes sides. So a column costs a node of m rows about m steps.
 */
export class TreeGrower {
  private readonly order: PlaceOrder;
  private readonly columnCount: number;
  /** Of each row its label, and above 16 bits how often the bag holds it. */
  private readonly held: Int32Array;
  private readonly rows: Int32Array;
  private readonly goingRight: Int32Array;
  private readonly columnsLeft: Int32Array;
  private readonly totals: Float64Array;
  private readonly left: Float64Array;
  /** Of the node at hand: the rows' weight, and the sum of its squares by label. */
  private weight = 0;
  private squares = 0;
  /** Of the best split so far; `place` is the first that goes right. */
  private score = 0;
  private column = 0;
  private place = 0;
  private threshold = 0;

  /** `labelWeights`: what one row of a label weighs. */
  constructor(
    private readonly columns: SortedColumns,
    private readonly labels: Int32Array,
    private readonly labelWeights: Float64Array,
    private readonly rules: GrowthRules,
  ) {
    const rowCount = labels.length;
    this.columnCount = columns.order.length / rowCount;
    this.order = new PlaceOrder(rowCount);
    this.held = new Int32Array(rowCount);
    this.rows = new Int32Array(rowCount);
    this.goingRight = new Int32Array(rowCount);
    this.columnsLeft = new Int32Array(this.columnCount);
    this.totals = new Float64Array(labelWeights.length);
    this.left = new Float64Array(labelWeights.length);
  }

  /** A tree from the rows in the bag (`timesInBag`, of each row). `random` says which columns are looked at. */
  grow(timesInBag: Int32Array, random: Random): Forest {
    const rowCount = this.fill(timesInBag);
    const most = 2 * rowCount;
    const [feature, threshold, child] = [new Int32Array(most), new Float32Array(most), new Int32Array(most)];
    const leaves: number[] = [];
    const waiting = [{ node: 0, from: 0, to: rowCount, depth: 0 }];
    let nodeCount = 1;
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { node, from, to, depth } = next;
      this.weigh(from, to);
      if (!this.mayBeSplit(to - from, depth) || !this.findSplit(from, to, random, node * this.columnCount)) {
        feature[node] = isLeaf;
        child[node] = leaves.length / this.totals.length;
        for (const total of this.totals) leaves.push(total / this.weight);
        continue;
      }
      feature[node] = this.column;
      threshold[node] = this.threshold;
      child[node] = nodeCount;
      const middle = this.divide(from, to);
      waiting.push({ node: nodeCount + 1, from: middle, to, depth: depth + 1 }, { node: nodeCount, from, to: middle, depth: depth + 1 });
      nodeCount += 2;
    }
    const trimmed = [feature.slice(0, nodeCount), threshold.slice(0, nodeCount), child.slice(0, nodeCount)] as const;
    return new Forest(...trimmed, Float32Array.from(leaves), this.totals.length);
  }

  private fill(timesInBag: Int32Array): number {
    let count = 0;
    for (let row = 0; row < timesInBag.length; row++) {
      if (timesInBag[row] === 0) continue;
      this.held[row] = this.labels[row]! | (timesInBag[row]! << 16);
      this.rows[count++] = row;
    }
    return count;
  }

  private weigh(from: number, to: number): void {
    const { totals, rows, held, labelWeights } = this;
    totals.fill(0);
    for (let i = from; i < to; i++) {
      const label = held[rows[i]!]! & 0xffff;
      totals[label]! += (held[rows[i]!]! >>> 16) * labelWeights[label]!;
    }
    this.weight = 0;
    this.squares = 0;
    for (const total of totals) {
      this.weight += total;
      this.squares += total * total;
    }
  }

  private mayBeSplit(rowCount: number, depth: number): boolean {
    const { maxDepth, minRowsToSplit, minRowsInLeaf } = this.rules;
    const isPure = this.squares >= this.weight * this.weight;
    return !isPure && depth !== maxDepth && rowCount >= minRowsToSplit && rowCount >= 2 * minRowsInLeaf;
  }

  /** Looks at columns in random order, until enough were seen and one of them had different values. False: there is no split. */
  private findSplit(from: number, to: number, random: Random, firstDraw: number): boolean {
    const { columnsLeft, columnCount } = this;
    for (let i = 0; i < columnCount; i++) columnsLeft[i] = i;
    this.score = -1;
    let isVaried = false;
    for (let looked = 0; looked < columnCount && (looked < this.rules.columnsPerSplit || !isVaried); looked++) {
      const drawn = looked + random.below(firstDraw + looked, columnCount - looked);
      const column = columnsLeft[drawn]!;
      columnsLeft[drawn] = columnsLeft[looked]!;
      if (this.lookAt(column, from, to)) isVaried = true;
    }
    return this.score >= 0;
  }

  /** Keeps the column's best threshold, if it is better than the best so far. False: all its values are the same. */
  private lookAt(column: number, from: number, to: number): boolean {
    const { rows, totals, left, labels, labelWeights, order } = this;
    const { places, held } = order;
    const { values, position } = this.columns;
    const { minRowsInLeaf } = this.rules;
    const count = to - from;
    const base = column * labels.length;
    for (let i = 0; i < count; i++) {
      const row = rows[from + i]!;
      places[i] = position[base + row]!;
      held[i] = this.held[row]!;
    }
    order.sort(count);
    if (values[base + places[0]!] === values[base + places[count - 1]!]) return false;
    left.fill(0);
    let leftWeight = 0;
    let leftSquares = 0;
    let rightWeight = this.weight;
    let rightSquares = this.squares;
    let best = this.score;
    for (let i = 1; i <= count - minRowsInLeaf; i++) {
      const label = held[i - 1]! & 0xffff;
      const weight = (held[i - 1]! >>> 16) * labelWeights[label]!;
      const before = left[label]!;
      leftSquares += weight * (weight + 2 * before);
      rightSquares += weight * (weight - 2 * (totals[label]! - before));
      left[label] = before + weight;
      leftWeight += weight;
      rightWeight -= weight;
      // leftSquares / leftWeight + rightSquares / rightWeight ≤ best, without a division for each row
      if (leftSquares * rightWeight + rightSquares * leftWeight <= best * leftWeight * rightWeight || i < minRowsInLeaf) continue;
      const below = values[base + places[i - 1]!]!;
      const above = values[base + places[i]!]!;
      if (below === above) continue;
      best = leftSquares / leftWeight + rightSquares / rightWeight;
      const middle = Math.fround(below / 2 + above / 2);
      this.threshold = middle < above ? middle : below; // rounding must not bring it up to the value above
      this.column = column;
      this.place = places[i]!;
    }
    this.score = best;
    return true;
  }

  /** Puts the rows that go left first, all in the order they had (so that columns are read in one direction); returns where the others begin. */
  private divide(from: number, to: number): number {
    const { rows, goingRight, place } = this;
    const { position } = this.columns;
    const base = this.column * this.labels.length;
    let left = from;
    let right = 0;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      if (position[base + row]! < place) rows[left++] = row;
      else goingRight[right++] = row;
    }
    for (let i = 0; i < right; i++) rows[left + i] = goingRight[i]!;
    return left;
  }
}
