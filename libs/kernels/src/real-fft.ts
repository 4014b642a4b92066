import { checkFftSize, keepComplexFftTables, realFftShares } from './fft-tables.js';
import { type Kernels, kernels } from './kernels.js';

/**
 * The FFT of real samples, in f32 by SIMD WebAssembly. Pointers are into the arena of the same kernels; make one object per size
 * and keep it (its tables and scratch stay in the arena).
 */
export class RealFft {
  /** Values in each of the two arrays of a spectrum: size/2 + 1. */
  readonly binCount: number;
  private readonly half: number;
  private readonly shares: number;
  private readonly scratch: number;

  /** `size`: a power of two ≥ 32. */
  constructor(
    readonly size: number,
    private readonly owner: Kernels = kernels(),
  ) {
    checkFftSize(size, 32);
    this.binCount = size / 2 + 1;
    this.half = keepComplexFftTables(owner.arena, size / 2);
    this.shares = owner.arena.keepTable(realFftShares(size));
    this.scratch = owner.arena.keep(12 * size + 64);
  }

  /** X[k] = Σ x[n]·e^(−2πi·k·n/size): reads `size` samples, writes `binCount` values to `re` and to `im`. */
  forward(x: number, re: number, im: number): void {
    this.owner.run.realFftForward(x, re, im, this.size, this.half, this.shares, this.scratch);
  }

  /** Gives back the samples of which `forward` made this spectrum (1/size is included). */
  inverse(re: number, im: number, x: number): void {
    this.owner.run.realFftInverse(re, im, x, this.size, this.half, this.shares, this.scratch);
  }
}
