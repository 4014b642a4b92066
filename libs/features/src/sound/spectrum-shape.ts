import type { Kernels } from '@earshot/kernels';
import { type FrameBlock, framesPerBlock } from '../spectrogram.js';

/** What `SpectrumShape` says of a frame, in this order. */
export const shapeRows = 9;

const leastHz = 20;
const floor = 1e-10;

/**
 * Nine numbers of each frame, from its magnitudes S and its powers P = S².
 *
 *     log₂ max(f, 20) of: centroid, bandwidth, roll-off of 85, 25 and 50 % of ΣS, roll-off of 50 and 95 % of ΣP
 *     log₁₀(flatness + 1e-6), flatness = exp(1/K·Σ ln(P + 1e-10)) / (1/K·Σ (P + 1e-10))
 *     log₁₀(c/(N − 1) + .001), c = changes of sign within the frame, outside the signal there are zeros
 *
 * Roll-off of a share q: the first bin at which the running sum reaches q of the whole. Silence has the frequency 20 Hz and flatness 1.
 */
export class SpectrumShape {
  /** ΣP of each frame of the block. */
  readonly powers = new Float64Array(framesPerBlock);
  /** `shapeRows` numbers a frame, one after the other. */
  readonly values = new Float64Array(shapeRows * framesPerBlock);
  private readonly sums: number;
  private readonly running: number;
  private readonly total: number;
  private readonly totals: Float64Array;
  private readonly small: number;
  private readonly crossings: number;
  private readonly atStart: number;

  constructor(
    private readonly kernels: Kernels,
    private readonly rule: { fftSize: number; hopSamples: number },
    private readonly binHz: number,
  ) {
    const { arena } = kernels;
    const binCount = rule.fftSize / 2 + 1;
    this.sums = arena.take(16 * binCount);
    this.running = arena.take(16 * binCount);
    this.total = arena.take(16 * binCount);
    this.small = arena.take(5 * 16);
    const blocks = framesPerBlock + rule.fftSize / rule.hopSamples;
    this.crossings = arena.take(4 * blocks);
    this.atStart = arena.take(4 * blocks);
    this.totals = new Float64Array(binCount);
  }

  measure(block: FrameBlock): void {
    const { kernels, binHz, sums, running, total, small } = this;
    const { run, arena } = kernels;
    const binCount = this.totals.length;
    const [centroid, bandwidth, rolloff, doubtful, logs] = [small, small + 16, small + 32, small + 48, small + 64];
    const totalOfBlock = arena.f32(total, 4 * binCount).fill(0);
    const [ofS, ofP] = [arena.f32(sums, 4 * binCount), arena.f32(running, 4 * binCount)];
    const [shape, log] = [arena.f32(small, 12), arena.f32(logs, 4)];
    for (let quad = 0; quad < block.quadCount; quad++) {
      const magnitude = block.magnitude + 16 * binCount * quad;
      run.quadShape(magnitude, 1, binCount, binHz, 0.85, sums, centroid, bandwidth, rolloff, doubtful);
      run.quadPower(magnitude, binCount, running, total, logs);
      for (let lane = 0; lane < 4; lane++) {
        const frame = 4 * quad + lane;
        const power = ofP[4 * (binCount - 1) + lane]!;
        this.powers[frame] = power;
        const flatness = Math.exp(log[lane]!) / (power / binCount + floor);
        const hz = [
          shape[lane]!,
          shape[4 + lane]!,
          shape[8 + lane]!,
          binHz * binReaching(ofS, lane, 0.25),
          binHz * binReaching(ofS, lane, 0.5),
          binHz * binReaching(ofP, lane, 0.5),
          binHz * binReaching(ofP, lane, 0.95),
        ];
        const at = shapeRows * frame;
        for (let i = 0; i < hz.length; i++) this.values[at + i] = Math.log2(Math.max(leastHz, hz[i]!));
        this.values[at + hz.length] = Math.log10(flatness + 1e-6);
      }
    }
    this.measureCrossings(block);
    for (let k = 0; k < binCount; k++) {
      this.totals[k]! += totalOfBlock[4 * k]! + totalOfBlock[4 * k + 1]! + totalOfBlock[4 * k + 2]! + totalOfBlock[4 * k + 3]!;
    }
  }

  /** log₂ of the frequency that has most power over all frames. */
  strongest(): number {
    return Math.log2(Math.max(leastHz, this.binHz * this.totals.indexOf(Math.max(...this.totals))));
  }

  private measureCrossings({ pcm, frameCount }: FrameBlock): void {
    const { run, arena } = this.kernels;
    const { fftSize, hopSamples } = this.rule;
    const blocks = fftSize / hopSamples;
    const count = frameCount - 1 + blocks;
    run.blockCrossings(pcm, count, hopSamples, this.crossings, this.atStart);
    const [changes, first] = [arena.u32(this.crossings, count), arena.u32(this.atStart, count)];
    for (let t = 0; t < frameCount; t++) {
      let sum = -first[t]!;
      for (let b = t; b < t + blocks; b++) sum += changes[b]!;
      this.values[shapeRows * t + shapeRows - 1] = Math.log10(sum / (fftSize - 1) + 0.001);
    }
  }
}

/** The first bin of a lane's running sum that is at least this share of its last one. */
function binReaching(sums: Float32Array, lane: number, share: number): number {
  const last = sums.length / 4 - 1;
  const least = share * sums[4 * last + lane]!;
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[4 * middle + lane]! >= least) high = middle;
    else low = middle + 1;
  }
  return low;
}
