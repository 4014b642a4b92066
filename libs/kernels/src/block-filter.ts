import { type Kernels, kernels } from './kernels.js';
import { type RowFft, rowFft } from './row-fft.js';

export interface BlockFilterShape {
  /** Points of a block, up times those that come in: a power of two. */
  size: number;
  /** The filter at the rate of these points. */
  taps: Float64Array;
  /** Behind each sample that comes in are up − 1 zeros. */
  up: number;
  /** 2 or 4: so much of the spectrum is cut off that the samples which come out are as much fewer. With any other, all come out. */
  down: number;
}

/**
 * Filters blocks in the frequency domain, the convolution being circular: sample n that comes out is made of those from n to
 * n + taps − 1 that come in. The orders of operations are soxr's (dft_stage_fn), so that its rounding noise is ours.
 */
export class BlockFilter {
  private readonly size: number;
  private readonly up: number;
  private readonly outSize: number;
  private readonly whole: RowFft;
  private readonly inverse: RowFft;
  private readonly response: Float32Array;

  constructor(
    { size, taps, up, down }: BlockFilterShape,
    private readonly owner: Kernels = kernels(),
  ) {
    this.size = size;
    this.up = up;
    this.outSize = down === 2 || down === 4 ? size / down : size;
    this.whole = rowFft(size, owner);
    this.inverse = rowFft(this.outSize, owner);
    this.response = this.responseOf(taps);
  }

  /**
   * One block. Sample j of `input` is point j·up + `offset`; if up is a power of two, there are size/up of them and no offset. What comes out
   * is a view into the kernels' memory: use it before anything else runs there.
   */
  apply(input: Float32Array, offset: number): Float32Array {
    const { arena, run } = this.owner;
    const { size, up, whole } = this;
    return arena.scoped(() => {
      const [x, rows, work] = [arena.take(4 * size), arena.take(4 * size), arena.take(4 * size)];
      const h = arena.takeTable(this.response);
      if (up > 1 && Number.isInteger(Math.log2(up))) {
        const inSize = size / up;
        arena.f32(x, inSize).set(input);
        rowFft(inSize, this.owner).forward(x, rows, work);
        run.rowsToBins(rows, x, inSize);
        run.mirrorBins(x, inSize);
        for (let points = 2 * inSize; points < size; points *= 2) run.repeatBins(x, points);
        run.binsToRows(x, rows, size);
      } else {
        const points = arena.f32(x, size);
        if (up === 1) points.set(input);
        else {
          points.fill(0);
          for (let j = 0, at = offset; at < size; j++, at += up) points[at] = input[j]!;
        }
        whole.forward(x, rows, work);
      }
      if (this.outSize < size) {
        run.rowsToBins(rows, x, size);
        run.multiplyBins(x, h, this.outSize);
        run.binsToRows(x, rows, this.outSize);
      } else run.multiplyRows(rows, h, size);
      return arena.f32(this.inverse.backward(rows, work), this.outSize);
    });
  }

  /** The spectrum of the taps, as bins where the spectrum is cut, else in rows. */
  private responseOf(taps: Float64Array): Float32Array {
    const { arena, run } = this.owner;
    const { size } = this;
    return arena.scoped(() => {
      const [x, rows, work] = [arena.take(4 * size), arena.take(4 * size), arena.take(4 * size)];
      const points = arena.f32(x, size).fill(0);
      const scale = (1 / size) * this.up;
      for (const [i, tap] of taps.entries()) points[(size - taps.length + 1 + i) % size] = tap * scale;
      this.whole.forward(x, rows, work);
      if (this.outSize === size) return arena.f32(rows, size).slice();
      run.rowsToBins(rows, x, size);
      return arena.f32(x, size).slice();
    });
  }
}
