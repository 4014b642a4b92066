import type { Kernels } from '@earshot/kernels';
import { type FrameBlock, framesPerBlock } from './spectrogram.js';

/** Centroid, bandwidth and roll-off come of one kernel, because they share their sums; this runs it once a block. */
export class SpectralShape {
  readonly centroid: number;
  readonly rolloff: number;
  private bandwidth = 0;
  private readonly sums: number;
  private done: FrameBlock | undefined;

  constructor(
    private readonly kernels: Kernels,
    private readonly binCount: number,
    private readonly binHz: number,
    private readonly rolloffShare: number,
  ) {
    const { arena } = kernels;
    this.centroid = arena.take(4 * framesPerBlock);
    this.rolloff = arena.take(4 * framesPerBlock);
    this.sums = arena.take(16 * binCount);
  }

  /** The pointer to the bandwidths, which are computed only if somebody asks for it before the first block. */
  wantBandwidth(): number {
    if (this.bandwidth === 0) this.bandwidth = this.kernels.arena.take(4 * framesPerBlock);
    return this.bandwidth;
  }

  /** Copies one of the three, by its pointer, to `out`. */
  copy(pointer: number, block: FrameBlock, out: number): void {
    const { run, arena } = this.kernels;
    if (this.done !== block) {
      const { magnitude, quadCount } = block;
      run.quadShape(
        magnitude,
        quadCount,
        this.binCount,
        this.binHz,
        this.rolloffShare,
        this.sums,
        this.centroid,
        this.bandwidth,
        this.rolloff,
      );
      this.done = block;
    }
    arena.f32(out, block.quadCount * 4).set(arena.f32(pointer, block.quadCount * 4));
  }
}
