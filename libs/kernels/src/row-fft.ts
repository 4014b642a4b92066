import { checkFftSize } from './fft-tables.js';
import { type Kernels, kernels } from './kernels.js';
import { rowFftTables } from './row-fft-tables.js';

/**
 * The FFT of real samples as PFFFT rounds it, in f32 by SIMD WebAssembly; the spectrum lies in rows (assembly/row-fft.ts). Pointers are into
 * the arena of the same kernels.
 */
export class RowFft {
  private readonly tables: number;

  /** `size`: a power of two ≥ 32. Tables stay in the arena: `rowFft` keeps one object a size. */
  constructor(
    readonly size: number,
    private readonly owner: Kernels = kernels(),
  ) {
    checkFftSize(size, 32);
    this.tables = owner.arena.keepTable(rowFftTables(size));
  }

  /** Overwrites `x` and `work`, 4·size bytes each. */
  forward(x: number, rows: number, work: number): void {
    this.owner.run.rowFftForward(x, rows, work, this.size, this.tables);
  }

  /** Without the factor 1/size. Overwrites both, and gives back which of them holds the samples. */
  backward(rows: number, work: number): number {
    return this.owner.run.rowFftBackward(rows, work, this.size, this.tables);
  }
}

const ffts = new WeakMap<Kernels, Map<number, RowFft>>();

export function rowFft(size: number, owner: Kernels): RowFft {
  const known = ffts.get(owner) ?? new Map<number, RowFft>();
  ffts.set(owner, known);
  const fft = known.get(size) ?? new RowFft(size, owner);
  known.set(size, fft);
  return fft;
}
