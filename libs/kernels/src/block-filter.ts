import { type Kernels, kernels } from './kernels.js';
import { RealFft } from './real-fft.js';

export interface BlockFilterShape {
  /** Points of the forward transform: samples that go in. */
  inSize: number;
  /** Points of the inverse: samples that come out, over the same time. */
  outSize: number;
  /** The filter: real (no delay), one value for each bin that both spectra have. */
  response: Float32Array;
}

/** Filters blocks in the frequency domain, and changes their rate by outSize/inSize on the way. The convolution is circular. */
export class BlockFilter {
  private readonly forward: RealFft;
  private readonly inverse: RealFft;

  constructor(
    private readonly shape: BlockFilterShape,
    private readonly owner: Kernels = kernels(),
  ) {
    this.forward = fftOf(shape.inSize, owner);
    this.inverse = fftOf(shape.outSize, owner);
  }

  /**
   * Block b is `input` from b·hop on, `inSize` samples; from its output `keptSamples` are kept from `firstKept` on, and written to `out`
   * one block after the other.
   */
  run(input: Float32Array, { blockCount, hop, firstKept, keptSamples }: Blocks, out: Float32Array): void {
    const { arena, run } = this.owner;
    const { inSize, outSize, response } = this.shape;
    const binCount = Math.max(this.forward.binCount, this.inverse.binCount) + 3;
    arena.scoped(() => {
      const x = arena.take(4 * Math.max(inSize, outSize));
      const re = arena.take(4 * binCount);
      const im = arena.take(4 * binCount);
      const h = arena.take(4 * (response.length + 3));
      arena.f32(h, response.length).set(response);
      const [input4, output4] = [arena.f32(x, inSize), arena.f32(x + 4 * firstKept, keptSamples)];
      const [reAbove, imAbove] = [re, im].map((at) => arena.f32(at, binCount).subarray(response.length));
      for (let b = 0; b < blockCount; b++) {
        input4.set(input.subarray(b * hop, b * hop + inSize));
        this.forward.forward(x, re, im);
        run.scaleSpectrum(re, im, h, response.length);
        if (outSize > inSize) {
          reAbove!.fill(0);
          imAbove!.fill(0);
        }
        this.inverse.inverse(re, im, x);
        out.set(output4, b * keptSamples);
      }
    });
  }
}

export interface Blocks {
  blockCount: number;
  /** Input samples from one block to the next. */
  hop: number;
  firstKept: number;
  keptSamples: number;
}

const ffts = new WeakMap<Kernels, Map<number, RealFft>>();

/** One transform a size, because its tables stay in the arena. */
function fftOf(size: number, owner: Kernels): RealFft {
  const known = ffts.get(owner) ?? new Map<number, RealFft>();
  ffts.set(owner, known);
  const fft = known.get(size) ?? new RealFft(size, owner);
  known.set(size, fft);
  return fft;
}
