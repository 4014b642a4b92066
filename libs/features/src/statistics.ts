/** Mean and population standard deviation (ddof 0). */
export interface Moments {
  mean: number;
  std: number;
}

/**
 * Mean and standard deviation of each row over all frames, in f64, fed block by block.
 *
 * A block's own mean and sum of squared deviations M are taken in two rounds and joined with what was before (Chan's formula):
 *
 *     δ = mean_b − mean_a        M = M_a + M_b + δ²·n_a·n_b/(n_a + n_b)
 */
export class RowStatistics {
  private count = 0;
  private readonly means: Float64Array;
  private readonly squares: Float64Array;

  constructor(readonly rows: number) {
    this.means = new Float64Array(rows);
    this.squares = new Float64Array(rows);
  }

  /** `values`: quads, of which the first `frameCount` frames count. */
  add(values: Float32Array, frameCount: number): void {
    const { rows } = this;
    const total = this.count + frameCount;
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let t = 0; t < frameCount; t++) sum += values[((t >> 2) * rows + row) * 4 + (t & 3)]!;
      const mean = sum / frameCount;
      let square = 0;
      for (let t = 0; t < frameCount; t++) {
        const deviation = values[((t >> 2) * rows + row) * 4 + (t & 3)]! - mean;
        square += deviation * deviation;
      }
      const delta = mean - this.means[row]!;
      this.means[row]! += (delta * frameCount) / total;
      this.squares[row]! += square + (delta * delta * this.count * frameCount) / total;
    }
    this.count = total;
  }

  /** Over the frames of each row. */
  ofRows(moment: keyof Moments): Float64Array {
    return moment === 'mean' ? this.means : this.squares.map((square) => Math.sqrt(square / this.count));
  }

  /** Over all values of all rows. */
  ofAll(): Moments {
    let mean = 0;
    for (const rowMean of this.means) mean += rowMean / this.rows;
    let square = 0;
    this.means.forEach((rowMean, row) => {
      square += this.squares[row]! + this.count * (rowMean - mean) ** 2;
    });
    return { mean, std: Math.sqrt(square / (this.count * this.rows)) };
  }
}
