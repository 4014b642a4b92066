/** Weighted mean and deviation of each row, fed frame by frame. */
export class WeightedMoments {
  private weight = 0;
  private readonly sums: Float64Array;
  private readonly squares: Float64Array;

  constructor(readonly rows: number) {
    this.sums = new Float64Array(rows);
    this.squares = new Float64Array(rows);
  }

  add(weight: number, values: ArrayLike<number>): void {
    this.weight += weight;
    for (let row = 0; row < this.rows; row++) {
      const value = values[row]!;
      this.sums[row]! += weight * value;
      this.squares[row]! += weight * value * value;
    }
  }

  means(): Float64Array {
    return this.sums.map((sum) => sum / this.weight);
  }

  deviations(): Float64Array {
    const means = this.means();
    return this.squares.map((square, row) => Math.sqrt(Math.max(0, square / this.weight - means[row]! ** 2)));
  }
}
