import { EarshotError } from '@earshot/contracts';
import type { TrainingData } from '../training/training.js';

/** Rows of numbers, one after the other: the value of `row` and `column` is `values[row · columns + column]`. */
export class Matrix {
  constructor(
    readonly values: Float32Array,
    readonly rows: number,
    readonly columns: number,
  ) {
    if (values.length !== rows * columns) throw new RangeError(`${values.length} values are not ${rows} × ${columns}`);
  }

  static of(rows: readonly ArrayLike<number>[]): Matrix {
    const columns = rows[0]?.length ?? 0;
    const values = new Float32Array(rows.length * columns);
    rows.forEach((row, i) => {
      if (row.length !== columns) throw new RangeError(`Row ${i} has ${row.length} values, row 0 has ${columns}`);
      values.set(row, i * columns);
    });
    return new Matrix(values, rows.length, columns);
  }

  /** A view, not a copy. */
  row(index: number): Float32Array {
    return this.values.subarray(index * this.columns, (index + 1) * this.columns);
  }

  /** The rows with these indexes, in that order, copied. */
  take(indexes: ArrayLike<number>): Matrix {
    const { columns } = this;
    const values = new Float32Array(indexes.length * columns);
    for (let i = 0; i < indexes.length; i++) values.set(this.row(indexes[i]!), i * columns);
    return new Matrix(values, indexes.length, columns);
  }
}

/** The vectors of a training as one matrix; refuses rows of different lengths and values that are no finite numbers. */
export function matrixOf(data: TrainingData): Matrix {
  const rows = Array.from({ length: data.rows }, (_, i) => data.row(i));
  const other = rows.findIndex(({ length }) => length !== rows[0]?.length);
  if (other >= 0)
    throw new EarshotError(
      'TRAINING_DATA_UNFIT',
      `this recipe learns from rows of one length; row 0 has ${rows[0]?.length} values, row ${other} has ${rows[other]?.length}: choose another profile or recipe`,
    );
  const matrix = Matrix.of(rows);
  checkFinite(matrix);
  return matrix;
}

export function checkFinite({ values, columns }: Matrix): void {
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return;
  throw new EarshotError('TRAINING_DATA_UNFIT', `row ${Math.floor(wrong / columns)}, column ${wrong % columns} is ${values[wrong]}`);
}
