import type { Matrix } from '../data/matrix.js';
import { quantile } from '../measures/intervals.js';

/** One feature of a sound that is not as it is in sounds of its like. */
export interface Reason {
  feature: string;
  value: number;
  /** The median of those that it was compared with. */
  usual: number;
  /** How far that is from it, in interquartile ranges of the collection. */
  deviation: number;
}

interface Compared {
  vectors: Matrix;
  scaled: Matrix;
  columns: readonly string[];
  row: number;
  likes: Int32Array;
  /** Features that come first, whatever the others are. */
  first: readonly string[];
}

const reasonsShown = 5;

/** The features by which a row differs most from the median of those that it is compared with. */
export function reasonsOf({ vectors, scaled, columns, row, likes, first }: Compared): Reason[] {
  const all = columns.map((feature, column) => {
    const medianOf = (matrix: Matrix) => quantile(Float64Array.from(likes, (like) => matrix.row(like)[column]!).sort(), 0.5);
    const deviation = scaled.row(row)[column]! - medianOf(scaled);
    return { feature, value: vectors.row(row)[column]!, usual: medianOf(vectors), deviation };
  });
  const isFirst = ({ feature }: Reason) => Number(first.includes(feature));
  return all.sort((a, b) => isFirst(b) - isFirst(a) || Math.abs(b.deviation) - Math.abs(a.deviation)).slice(0, reasonsShown);
}
