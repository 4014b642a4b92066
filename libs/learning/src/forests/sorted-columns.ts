import type { Matrix } from '../data/matrix.js';

/**
 * Every column of a matrix in ascending order, found once for all trees. Of column f, from index f · rows on: `values` ascending, `order`
 * the row that each is in, and `position` of each row the place in that order. Equal values are in the order of their rows.
 */
export class SortedColumns {
  readonly values: Float32Array;
  readonly order: Int32Array;
  readonly position: Int32Array;

  constructor({ values, rows, columns }: Matrix) {
    this.values = new Float32Array(rows * columns);
    this.order = new Int32Array(rows * columns);
    this.position = new Int32Array(rows * columns);
    const keys = new Float64Array(rows);
    const one = new Float32Array(1);
    const bits = new Int32Array(one.buffer);
    for (let column = 0; column < columns; column++) {
      for (let row = 0; row < rows; row++) {
        one[0] = values[row * columns + column]! + 0; // −0 becomes 0
        const ascending = bits[0]! < 0 ? bits[0]! ^ 0x7fffffff : bits[0]!; // as whole numbers in the order of the floats
        keys[row] = ascending * rows + row;
      }
      keys.sort();
      const from = column * rows;
      for (let place = 0; place < rows; place++) {
        const row = keys[place]! - Math.floor(keys[place]! / rows) * rows;
        this.order[from + place] = row;
        this.position[from + row] = place;
        this.values[from + place] = values[row * columns + column]!;
      }
    }
  }
}
