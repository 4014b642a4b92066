import type { Matrix } from './matrix.js';

/**
 * Brings each column to mean 0 and deviation 1: z = (x − mean) / scale.
 *
 * scale is the population's standard deviation, and 1 for a column whose values are all the same. Sums are f64, in two passes, row after
 * row. Reference: scikit-learn `StandardScaler`.
 */
export class StandardScaler {
  constructor(
    readonly mean: Float64Array,
    readonly scale: Float64Array,
  ) {}

  static fit({ values, rows, columns }: Matrix): StandardScaler {
    const [mean, scale] = [new Float64Array(columns), new Float64Array(columns)];
    for (let i = 0, column = 0; i < values.length; i++, column = (column + 1) % columns) mean[column]! += values[i]!;
    for (let column = 0; column < columns; column++) mean[column]! /= rows;
    const isVaried = new Uint8Array(columns);
    for (let i = 0, column = 0; i < values.length; i++, column = (column + 1) % columns) {
      scale[column]! += (values[i]! - mean[column]!) ** 2;
      if (values[i] !== values[column]) isVaried[column] = 1;
    }
    for (let column = 0; column < columns; column++) scale[column] = isVaried[column] ? Math.sqrt(scale[column]! / rows) : 1;
    return new StandardScaler(mean, scale);
  }

  /** One row; `out` may be the row itself. */
  apply(row: Float32Array, out: Float32Array = new Float32Array(row.length)): Float32Array {
    for (let column = 0; column < row.length; column++) out[column] = (row[column]! - this.mean[column]!) / this.scale[column]!;
    return out;
  }
}
