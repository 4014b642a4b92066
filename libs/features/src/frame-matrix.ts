/** The first `frames` frames of a feature, row-major; frames past the last one are 0. */
export class FrameMatrix {
  readonly values: Float32Array;

  constructor(
    readonly rows: number,
    readonly frames: number,
  ) {
    this.values = new Float32Array(rows * frames);
  }

  /** `quads`: `frameCount` frames from `firstFrame` on. */
  add(quads: Float32Array, firstFrame: number, frameCount: number): void {
    const { rows, frames, values } = this;
    const count = Math.min(frameCount, frames - firstFrame);
    for (let t = 0; t < count; t++) {
      const at = (t >> 2) * rows * 4 + (t & 3);
      for (let row = 0; row < rows; row++) values[row * frames + firstFrame + t] = quads[at + 4 * row]!;
    }
  }
}
