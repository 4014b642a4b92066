import type { Kernels } from '@earshot/kernels';
import type { FrameBlock } from '../spectrogram.js';

/** The loudest frames of a clip with their powers; of equally loud ones the earlier. */
export class LoudestFrames {
  private readonly kept: { power: number; bins: Float32Array }[] = [];

  constructor(
    private readonly kernels: Kernels,
    private readonly binCount: number,
    private readonly most: number,
  ) {}

  /** `powers`: the sum of each frame of the block. */
  add({ magnitude, frameCount }: FrameBlock, powers: Float64Array): void {
    const { kept, most, binCount } = this;
    const values = this.kernels.arena.f32(magnitude, 4 * binCount * Math.ceil(frameCount / 4));
    for (let t = 0; t < frameCount; t++) {
      const power = powers[t]!;
      const isFull = kept.length === most;
      if (isFull && power <= kept[most - 1]!.power) continue;
      const bins = isFull ? kept.pop()!.bins : new Float32Array(binCount);
      const at = (t >> 2) * binCount * 4 + (t & 3);
      for (let k = 0; k < binCount; k++) bins[k] = values[at + 4 * k]! ** 2;
      let place = kept.length;
      while (place > 0 && kept[place - 1]!.power < power) place--;
      kept.splice(place, 0, { power, bins });
    }
  }

  /** The powers of each bin, frame by frame, the loudest first. */
  spectra(): Float32Array[] {
    return this.kept.map(({ bins }) => bins);
  }
}
