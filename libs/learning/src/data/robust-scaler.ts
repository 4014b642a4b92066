import { quantile } from '../measures/intervals.js';
import type { Matrix } from './matrix.js';

/** Beyond it, how far out a value lies makes no difference: one column shall not decide alone. */
const farthest = 20;

/**
 * Brings each column to median 0 and an interquartile range of 1, as far as ±20: z = (x − median) / scale. What is broken moves neither.
 *
 * scale is the interquartile range; where half of the values are the same the standard deviation; and 1 where all are.
 */
export class RobustScaler {
  constructor(
    readonly median: Float64Array,
    readonly scale: Float64Array,
  ) {}

  static fit({ values, rows, columns }: Matrix): RobustScaler {
    const [median, scale] = [new Float64Array(columns), new Float64Array(columns)];
    for (let column = 0; column < columns; column++) {
      const ascending = Float64Array.from({ length: rows }, (_, row) => values[row * columns + column]!).sort();
      median[column] = quantile(ascending, 0.5);
      scale[column] = quantile(ascending, 0.75) - quantile(ascending, 0.25) || deviation(ascending) || 1;
    }
    return new RobustScaler(median, scale);
  }

  /** One row; `out` may be the row itself. */
  apply(row: Float32Array, out: Float32Array = new Float32Array(row.length)): Float32Array {
    for (let column = 0; column < row.length; column++) {
      const z = (row[column]! - this.median[column]!) / this.scale[column]!;
      out[column] = Math.max(-farthest, Math.min(farthest, z));
    }
    return out;
  }
}

function deviation(ascending: Float64Array): number {
  if (ascending[0] === ascending.at(-1)) return 0;
  const mean = ascending.reduce((sum, x) => sum + x, 0) / ascending.length;
  return Math.sqrt(ascending.reduce((sum, x) => sum + (x - mean) ** 2, 0) / ascending.length);
}
