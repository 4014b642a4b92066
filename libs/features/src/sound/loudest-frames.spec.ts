import { loadKernels } from '@earshot/kernels';
import { LoudestFrames } from './loudest-frames.js';

describe('the loudest frames', () => {
  const kernels = loadKernels();
  const binCount = 3;
  /** A block of frames, each of one magnitude in all bins. */
  const add = (frames: LoudestFrames, magnitudes: readonly number[]) => {
    const quads = new Float32Array(Math.ceil(magnitudes.length / 4) * binCount * 4);
    magnitudes.forEach((value, t) => {
      for (let k = 0; k < binCount; k++) quads[((t >> 2) * binCount + k) * 4 + (t & 3)] = value + k / 100;
    });
    const block = {
      index: 0,
      firstFrame: 0,
      frameCount: magnitudes.length,
      quadCount: quads.length / binCount / 4,
      magnitude: kernels.arena.keepTable(quads),
      pcm: 0,
      exactQuad: () => 0,
    };
    frames.add(block, Float64Array.from(magnitudes, Math.round));
  };

  it('are kept with their powers, the loudest first, of equal ones the earlier', () => {
    const frames = new LoudestFrames(kernels, binCount, 3);
    add(frames, [1, 4, 2, 4.1, 0]);
    add(frames, [3.9, 7]);
    expect(frames.spectra().map((bins) => bins[0]!)).toEqual([7, 4, 4.1].map((value) => Math.fround(Math.fround(value) ** 2)));
    expect(frames.spectra()[0]![2]).toBeCloseTo(7.02 ** 2, 4);
  });

  it('are all there are of a short clip', () => {
    const frames = new LoudestFrames(kernels, binCount, 24);
    add(frames, [1, 2]);
    expect(frames.spectra()).toHaveLength(2);
  });
});
