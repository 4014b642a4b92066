import { EarshotError } from '@earshot/contracts';
import { checkFinite, type Matrix } from '../data/matrix.js';
import { quantile } from '../measures/intervals.js';
import { Random } from '../random.js';
import { Forest, isLeaf } from './forest.js';

export interface IsolationSettings {
  /** Default 100. */
  trees?: number;
  /** Rows that each tree is grown from; default 256, or all where there are fewer. */
  subsample?: number;
  /** Which share of the rows is held for anomalous, up to a half; default `auto`: those with a score above 0.5. */
  contamination?: number | 'auto';
  seed: number;
}

/**
 * How soon random cuts set a row apart from the others.
 *
 *     score = 2^(−E / c(ψ))        E = mean path length over the trees, ψ = subsample
 *     path length = cuts until the leaf + c(rows in the leaf)
 *
 * Each tree cuts a random column at a random place between its least and greatest value, ⌈log₂ ψ⌉ times at most. Near 1 is an anomaly,
 * 0.5 as expected. Reference: Liu, Ting, Zhou 2008; scikit-learn `IsolationForest` (its `score_samples` is −score, its `offset_`
 * −threshold).
 */
export class IsolationForest {
  constructor(
    readonly forest: Forest,
    readonly subsample: number,
    /** Rows with a greater score are held for anomalous. */
    readonly threshold: number,
  ) {}

  static fit(matrix: Matrix, { trees = 100, subsample = 256, contamination = 'auto', seed }: IsolationSettings): IsolationForest {
    if (matrix.rows < 2) throw new EarshotError('TRAINING_DATA_UNFIT', `${matrix.rows} rows have nothing to be isolated from`);
    checkFinite(matrix);
    if (contamination !== 'auto' && !(contamination > 0 && contamination <= 0.5))
      throw new RangeError(`${contamination} is not in (0, 0.5]`);
    const drawn = Math.min(subsample, matrix.rows);
    const grown = Array.from({ length: trees }, (_, tree) => growIsolationTree(matrix, drawn, new Random(seed, 'isolation', tree)));
    const found = new IsolationForest(Forest.join(grown, 1), drawn, 0.5);
    if (contamination === 'auto') return found;
    const scores = found.score(Array.from({ length: matrix.rows }, (_, row) => matrix.row(row))).sort();
    return new IsolationForest(found.forest, drawn, quantile(scores, 1 - contamination));
  }

  /** Of each row, from 0 to 1. */
  score(rows: readonly Float32Array[]): Float64Array {
    const sums = new Float64Array(rows.length);
    this.forest.addLeaves(rows, sums);
    const expected = this.forest.roots.length * pathLength(this.subsample);
    return sums.map((sum) => 2 ** (-sum / expected));
  }
}

const eulerGamma = 0.5772156649015329;

/** c(n): mean path length of a search in a random binary tree of n rows, 2·(ln(n−1) + γ) − 2·(n−1)/n. */
export function pathLength(rows: number): number {
  if (rows <= 1) return 0;
  if (rows === 2) return 1;
  return 2 * (Math.log(rows - 1) + eulerGamma) - (2 * (rows - 1)) / rows;
}

function growIsolationTree(matrix: Matrix, subsample: number, random: Random): Forest {
  const { values, columns } = matrix;
  const rows = sample(matrix.rows, subsample, random);
  const maxDepth = Math.ceil(Math.log2(subsample));
  const [feature, threshold, child, leaves]: [number[], number[], number[], number[]] = [[0], [0], [0], []];
  const waiting = [{ node: 0, from: 0, to: rows.length, depth: 0 }];
  let draws = subsample;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, from, to, depth } = next;
    const cut = to - from > 1 && depth < maxDepth ? findCut(from, to) : null;
    if (cut === null) {
      feature[node] = isLeaf;
      child[node] = leaves.length;
      leaves.push(depth + pathLength(to - from));
      continue;
    }
    let middle = from;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      if (values[row * columns + cut.column]! > cut.threshold) continue;
      rows[i] = rows[middle]!;
      rows[middle++] = row;
    }
    [feature[node], threshold[node], child[node]] = [cut.column, cut.threshold, feature.length];
    waiting.push(
      { node: feature.length + 1, from: middle, to, depth: depth + 1 },
      { node: feature.length, from, to: middle, depth: depth + 1 },
    );
    for (const list of [feature, threshold, child]) list.push(0, 0);
  }
  return new Forest(Int32Array.from(feature), Float32Array.from(threshold), Int32Array.from(child), Float32Array.from(leaves), 1);

  /** Columns in random order, until one has different values; null: the rows are all the same. */
  function findCut(from: number, to: number): { column: number; threshold: number } | null {
    const left = Int32Array.from({ length: columns }, (_, column) => column);
    for (let looked = 0; looked < columns; looked++) {
      const drawn = looked + random.below(draws++, columns - looked);
      const column = left[drawn]!;
      left[drawn] = left[looked]!;
      let least = Number.POSITIVE_INFINITY;
      let greatest = Number.NEGATIVE_INFINITY;
      for (let i = from; i < to; i++) {
        const value = values[rows[i]! * columns + column]!;
        if (value < least) least = value;
        if (value > greatest) greatest = value;
      }
      if (least === greatest) continue;
      const threshold = Math.fround(least + random.uniform(draws++) * (greatest - least));
      return { column, threshold: threshold < greatest ? threshold : least };
    }
    return null;
  }
}

/** `count` of the numbers below `end`, none twice: Floyd's way, which draws no more than it keeps. */
function sample(end: number, count: number, random: Random): Int32Array {
  const chosen = new Set<number>();
  for (let i = 0, last = end - count; i < count; i++, last++) {
    const drawn = random.below(i, last + 1);
    chosen.add(chosen.has(drawn) ? last : drawn);
  }
  return Int32Array.from(chosen);
}
