import { EarshotError } from '@earshot/contracts';
import { type Kernels, realQuadTables, rootsOfUnity } from '@earshot/kernels';
import { hann } from './hann.js';
import { once } from './once.js';
import { type PcmSource, readPadded } from './pcm-source.js';

export interface FrameRule {
  /** Samples of a frame and points of its FFT: a power of two. */
  fftSize: number;
  /** Divides half of `fftSize`. */
  hopSamples: number;
  /** What magnitudes are multiplied by: a power of two, so that nothing is rounded. Default: 1. */
  scale?: number;
}

/** A stretch of consecutive frames, in quads (see assembly/lanes.ts of the kernels). */
export interface FrameBlock {
  readonly index: number;
  readonly firstFrame: number;
  readonly frameCount: number;
  readonly quadCount: number;
  /** Pointer to the magnitudes, `binCount` rows. */
  readonly magnitude: number;
  /** Pointer to the first frame's first sample; the sample before it can be read too. Only in the first pass. */
  readonly pcm: number;
  /** Pointer to a quad of the block with librosa's own magnitudes, for a decision that f32 leaves in doubt. Valid until the next call; only in the first pass. */
  exactQuad(quad: number): number;
}

/** Frames handled together: their magnitudes stay in the processor's second-level cache. A multiple of 8. */
export const framesPerBlock = 64;

/** Half of the window, as the kernels want it, and what the exact one needs. */
const tables = once(8, (key: string) => {
  const [fftSize = 0, scale = 1] = key.split(' ').map(Number);
  const exactWindow = hann(fftSize).map((w) => (scale * w) / 2);
  return { window: Float32Array.from(exactWindow), exactWindow, roots: rootsOfUnity(fftSize) };
});

/**
 * The magnitude spectrogram of a signal, in blocks of frames, made once for all features.
 *
 *     S[t,k] = |Σᵢ w[i]·y[t·H + i − N/2]·e^(−2πi·k·i/N)|        t = 0 … ⌊n/H⌋, k = 0 … N/2
 *
 * w: periodic Hann; outside the signal there are zeros. Unit: amplitude, no scaling but the rule's. Reference: librosa 0.11 `np.abs(stft(y))`,
 * whose roundings it has: transformed in f64, magnitude in f32. The power is its square, which the kernels take themselves.
 * The first pass computes it. `keep` says what the second one finds: the `magnitudes` (four bytes a value: three hours have 2 GB of it), the
 * `blocks` without them, or `nothing`, and then it computes everything again.
 */
export class Spectrogram {
  readonly frameCount: number;
  readonly binCount: number;
  private readonly blocks: FrameBlock[] = [];
  private readonly pcm: number;
  private readonly magnitude: number;
  private readonly work: number;
  private exact: { window: number; roots: number; work: number; out: number } | undefined;
  private readonly tables: ReturnType<typeof tables>;
  private readonly pointers: { window: number; tables: number };

  constructor(
    private readonly kernels: Kernels,
    private readonly signal: PcmSource,
    private readonly rule: FrameRule,
    private readonly keep: 'magnitudes' | 'blocks' | 'nothing',
  ) {
    const { arena } = kernels;
    const { fftSize, hopSamples } = rule;
    this.frameCount = 1 + Math.floor(signal.sampleCount / hopSamples);
    this.binCount = fftSize / 2 + 1;
    this.tables = tables(`${fftSize} ${rule.scale ?? 1}`);
    this.pointers = { window: arena.takeTable(this.tables.window), tables: realQuadTables(kernels, fftSize) };
    this.work = arena.take(16 * fftSize);
    this.pcm = arena.take(4 * this.samplesOf(framesPerBlock) + 16);
    this.magnitude = keep === 'magnitudes' ? 0 : arena.take(this.bytesOf(framesPerBlock));
  }

  /** Computes every block, in order. */
  forEachFirst(visit: (block: FrameBlock) => void): void {
    for (let firstFrame = 0, index = 0; firstFrame < this.frameCount; firstFrame += framesPerBlock, index++) {
      const block = this.compute(firstFrame, index);
      if (this.keep !== 'nothing') this.blocks.push(block);
      visit(block);
    }
  }

  forEachAgain(visit: (block: FrameBlock) => void): void {
    if (this.keep !== 'nothing') this.blocks.forEach(visit);
    else this.forEachFirst(visit);
  }

  private compute(firstFrame: number, index: number): FrameBlock {
    const { run, arena } = this.kernels;
    const { fftSize, hopSamples } = this.rule;
    const frameCount = Math.min(framesPerBlock, this.frameCount - firstFrame);
    const quadCount = Math.ceil(frameCount / 4);
    const magnitude = this.keep === 'magnitudes' ? arena.take(this.bytesOf(frameCount)) : this.magnitude;
    const samples = arena.f32(this.pcm, this.samplesOf(quadCount * 4) + 4).subarray(3);
    readPadded(this.signal, firstFrame * hopSamples - fftSize / 2 - 1, samples);
    const { window, tables: fftTables } = this.pointers;
    run.quadMagnitude(this.pcm + 16, frameCount, hopSamples, fftSize, window, fftTables, this.work, magnitude);
    const values = arena.f32(magnitude, quadCount * this.binCount * 4);
    for (let q = 0; q < quadCount; q++) {
      const at = q * this.binCount * 4;
      const sum = values[at]! + values[at + 1]! + values[at + 2]! + values[at + 3]!; // a frame with one bad sample has no good bin
      if (!Number.isFinite(sum)) {
        const seconds = ((firstFrame + q * 4) * hopSamples) / this.signal.sampleRate;
        throw new EarshotError('FEATURE_NOT_COMPUTABLE', `spectrogram: samples near ${seconds.toFixed(2)} s are not finite numbers`);
      }
    }
    return { index, firstFrame, frameCount, quadCount, magnitude, pcm: this.pcm + 16, exactQuad: this.exactQuad };
  }

  private readonly exactQuad = (quad: number): number => {
    const { run, arena } = this.kernels;
    const { fftSize, hopSamples } = this.rule;
    const { exactWindow, roots } = this.tables;
    this.exact ??= {
      window: arena.takeTable(exactWindow),
      roots: arena.takeTable(roots),
      work: arena.take(32 * fftSize),
      out: arena.take(16 * this.binCount),
    };
    const { window, work, out } = this.exact;
    run.exactQuadMagnitude(this.pcm + 16 + 16 * hopSamples * quad, hopSamples, fftSize, window, this.exact.roots, work, out);
    return out;
  };

  private samplesOf(frameCount: number): number {
    return (frameCount - 1) * this.rule.hopSamples + this.rule.fftSize;
  }

  private bytesOf(frameCount: number): number {
    return 16 * this.binCount * Math.ceil(frameCount / 4);
  }
}
