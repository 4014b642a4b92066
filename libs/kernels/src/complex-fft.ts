import { checkFftSize, keepComplexFftTables } from './fft-tables.js';
import { type Kernels, kernels } from './kernels.js';

/** The complex FFT of split arrays, in f32 by SIMD WebAssembly. In place is allowed. */
export class ComplexFft {
  private readonly tables: number;
  private readonly scratch: number;

  /** `size`: a power of two ≥ 16. */
  constructor(
    readonly size: number,
    private readonly owner: Kernels = kernels(),
  ) {
    checkFftSize(size, 16);
    this.tables = keepComplexFftTables(owner.arena, size);
    this.scratch = owner.arena.keep(8 * size);
  }

  /** X[k] = Σ x[n]·e^(−2πi·k·n/size). For the inverse swap `re` and `im` on both sides and divide by `size`. */
  forward(re: number, im: number, outRe: number, outIm: number): void {
    this.owner.run.complexFft(re, im, outRe, outIm, this.size, this.tables, this.scratch);
  }
}
