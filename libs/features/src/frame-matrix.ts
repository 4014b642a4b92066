import type { Kernels } from '@earshot/kernels';

/** The first `frames` frames of a feature, row-major; frames past the last one are 0. It lies in the arena, whole. */
export class FrameMatrix {
  private readonly pointer: number;
  private isFinite = true;

  constructor(
    private readonly kernels: Kernels,
    readonly rows: number,
    readonly frames: number,
  ) {
    const { arena } = kernels;
    this.pointer = arena.take(4 * rows * frames);
    arena.f32(this.pointer, rows * frames).fill(0);
  }

  /** `quads`: pointer to `frameCount` frames from `firstFrame` on. */
  add(quads: number, firstFrame: number, frameCount: number): void {
    const { kernels, rows, frames, pointer } = this;
    const count = Math.min(frameCount, frames - firstFrame);
    if (count > 0 && !kernels.run.quadRows(quads, count, rows, pointer + 4 * firstFrame, frames)) this.isFinite = false;
  }

  /** Whether all values are finite numbers. */
  get hasOnlyNumbers(): boolean {
    return this.isFinite;
  }

  /** A copy. */
  values(): Float32Array {
    return this.kernels.arena.f32(this.pointer, this.rows * this.frames).slice();
  }
}
