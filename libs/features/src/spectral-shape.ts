import type { Kernels } from '@earshot/kernels';
import { type FrameBlock, framesPerBlock } from './spectrogram.js';

/** Centroid, bandwidth and roll-off come of one kernel, because they share their sums; this runs it once a block. */
export class SpectralShape {
  readonly centroid: number;
  readonly rolloff: number;
  private bandwidth = 0;
  private readonly sums: number;
  private readonly doubtful: number;
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
    this.doubtful = arena.take(framesPerBlock);
  }

  /** The pointer to the bandwidths, which are computed only if somebody asks for it before the first block. */
  wantBandwidth(): number {
    if (this.bandwidth === 0) this.bandwidth = this.kernels.arena.take(4 * framesPerBlock);
    return this.bandwidth;
  }

  /** Copies one of the three, by its pointer, to `out`. */
  copy(pointer: number, block: FrameBlock, out: number): void {
    const { arena } = this.kernels;
    if (this.done !== block) {
      const doubtfulCount = this.measure(block.magnitude, block.quadCount, 0);
      for (const quad of arena.u32(this.doubtful, doubtfulCount).slice()) this.measure(block.exactQuad(quad), 1, quad);
      this.done = block;
    }
    arena.f32(out, block.quadCount * 4).set(arena.f32(pointer, block.quadCount * 4));
  }

  /** What the magnitudes say of the quads from `firstQuad` on; the number of those whose roll-off they leave in doubt. */
  private measure(magnitude: number, quadCount: number, firstQuad: number): number {
    const { binCount, binHz, rolloffShare, sums, doubtful } = this;
    const [centroid, rolloff] = [this.centroid + 16 * firstQuad, this.rolloff + 16 * firstQuad];
    const bandwidth = this.bandwidth && this.bandwidth + 16 * firstQuad;
    return this.kernels.run.quadShape(magnitude, quadCount, binCount, binHz, rolloffShare, sums, centroid, bandwidth, rolloff, doubtful);
  }
}
