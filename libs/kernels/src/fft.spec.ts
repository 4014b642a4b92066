import { ComplexFft } from './complex-fft.js';
import { fftTwin } from './fft.twin.js';
import { quadFftPositions, quadFftTwiddles } from './fft-tables.js';
import { loadKernels } from './kernels.js';
import { RealFft } from './real-fft.js';

const owner = loadKernels();
const { arena, run } = owner;
const noise = (length: number, seed: number) => Float32Array.from({ length }, (_, i) => Math.sin(seed * 12.9898 + i * 78.233 * (i + seed)));
const powersOfTwo = (from: number, to: number) => Array.from({ length: Math.log2(to / from) + 1 }, (_, i) => from * 2 ** i);

/** The largest error, relative to the root mean square of what is expected. */
function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0;
  let square = 0;
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!));
    square += expected[i]! ** 2;
  }
  return worst / Math.sqrt(square / expected.length);
}

function floats(values: Float32Array): number {
  return arena.keepTable(values);
}

describe('the quad FFT', () => {
  it.each(powersOfTwo(1, 2048))('transforms four sequences of %i points as its twin does', (size) => {
    const lanes = [1, 2, 3, 4].map((seed) => ({ re: noise(size, seed), im: noise(size, seed + 10) }));
    const z = floats(Float32Array.from({ length: 8 * size }, (_, i) => lanes[i % 4]![i % 8 < 4 ? 're' : 'im'][i >> 3]!));
    run.quadFft(z, size, floats(quadFftTwiddles(size)));
    const positions = quadFftPositions(size);
    lanes.forEach(({ re, im }, lane) => {
      const X = fftTwin(re, im);
      const out = arena.f32(z, 8 * size);
      expect(
        relativeError(
          Float64Array.from(positions, (at) => out[at * 8 + lane]!),
          X.re,
        ),
      ).toBeLessThan(1e-6);
      expect(
        relativeError(
          Float64Array.from(positions, (at) => out[at * 8 + 4 + lane]!),
          X.im,
        ),
      ).toBeLessThan(1e-6);
    });
  });
});

describe('the inverse quad FFT', () => {
  it.each(powersOfTwo(1, 2048))('of %i points gives the sequences back, times their number', (size) => {
    const x = noise(8 * size, 3);
    const z = floats(x);
    const twiddles = floats(quadFftTwiddles(size));
    run.quadFft(z, size, twiddles);
    run.quadFftInverse(z, size, twiddles);
    expect(
      relativeError(
        arena.f32(z, 8 * size).map((value) => value / size),
        x,
      ),
    ).toBeLessThan(1e-6);
  });
});

describe('the complex FFT', () => {
  it.each(powersOfTwo(16, 4096))('of %i points equals its twin', (size) => {
    const [re, im] = [noise(size, 5), noise(size, 6)];
    const [pr, pi] = [floats(re), floats(im)];
    new ComplexFft(size, owner).forward(pr, pi, pr, pi);
    const X = fftTwin(re, im);
    expect(relativeError(arena.f32(pr, size), X.re)).toBeLessThan(1e-6);
    expect(relativeError(arena.f32(pi, size), X.im)).toBeLessThan(1e-6);
  });
});

describe('the real FFT', () => {
  it.each(powersOfTwo(32, 32_768))('of %i points equals its twin, and its inverse gives the samples back', (size) => {
    const fft = new RealFft(size, owner);
    const x = noise(size, 7);
    const px = floats(x);
    const [re, im] = [arena.keep(4 * fft.binCount), arena.keep(4 * fft.binCount)];
    fft.forward(px, re, im);
    const X = fftTwin(x, new Float32Array(size));
    expect(relativeError(arena.f32(re, fft.binCount), X.re.subarray(0, fft.binCount))).toBeLessThan(1.5e-6);
    expect(relativeError(arena.f32(im, fft.binCount), X.im.subarray(0, fft.binCount))).toBeLessThan(1.5e-6);
    arena.f32(px, size).fill(9);
    fft.inverse(re, im, px);
    expect(relativeError(arena.f32(px, size), x)).toBeLessThan(1.5e-6);
  });

  it('refuses sizes that are no power of two', () => expect(() => new RealFft(48, owner)).toThrow('power of two'));
});
