import { fftTwin } from './fft.twin.js';
import { loadKernels } from './kernels.js';
import { RowFft } from './row-fft.js';
import { rowFftTables } from './row-fft-tables.js';

const owner = loadKernels();
const { arena, run } = owner;
const noise = (length: number, seed: number) => Float32Array.from({ length }, (_, i) => Math.sin(seed * 12.9898 + i * 78.233 * (i + seed)));
const sizes = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192];

/** re, im of the bins in turn, X[size/2] in place of the imaginary part of bin 0. */
function binsTwin(samples: ArrayLike<number>): Float64Array {
  const { re, im } = fftTwin(samples, new Float64Array(samples.length));
  const bins = Float64Array.from({ length: samples.length }, (_, i) => (i % 2 === 0 ? re[i / 2]! : im[(i - 1) / 2]!));
  bins[1] = re[samples.length / 2]!;
  return bins;
}

function expectClose(actual: Float32Array, expected: Float64Array): void {
  const rms = Math.sqrt(expected.reduce((sum, value) => sum + value * value, 0) / expected.length);
  const worst = actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
  expect(worst / rms).toBeLessThan(1.5e-6);
}

describe('the FFT in rows', () => {
  it.each(sizes)('of %i points equals its twin, and its inverse gives the samples back', (size) => {
    const fft = new RowFft(size, owner);
    const samples = noise(size, 7);
    const [x, rows, work] = [arena.keepTable(samples), arena.keep(4 * size), arena.keep(4 * size)];
    fft.forward(x, rows, work);
    run.rowsToBins(rows, x, size);
    expectClose(arena.f32(x, size), binsTwin(samples));
    run.binsToRows(x, work, size);
    expect(arena.f32(work, size)).toEqual(arena.f32(rows, size));
    const back = fft.backward(rows, work);
    expectClose(
      arena.f32(back, size),
      Float64Array.from(samples, (sample) => size * sample),
    );
  });

  it('refuses sizes that are no power of two', () => expect(() => new RowFft(48, owner)).toThrow('power of two'));
});

describe('the spectrum of samples with zeros between them', () => {
  it.each([2, 4, 8])('is made of that of the samples: every %i-th is one', (up) => {
    const samples = noise(64, 5);
    const size = 64 * up;
    const bins = arena.keep(4 * size);
    arena.f32(bins, 64).set(binsTwin(samples));
    run.mirrorBins(bins, 64);
    for (let points = 128; points < size; points *= 2) run.repeatBins(bins, points);
    const spread = Float64Array.from({ length: size }, (_, i) => (i % up === 0 ? samples[i / up]! : 0));
    expectClose(arena.f32(bins, size), binsTwin(spread));
  });
});

describe('the tables', () => {
  it('are cosines and sines to one unit in the last place, and rounded as glibc does it', () => {
    const tables = rowFftTables(2048);
    let notNearest = 0;
    for (let m = 0; m < 256; m++) {
      for (const l of [1, 2, 3]) {
        const angle = Math.fround((-2 * Math.PI * l * m) / 2048);
        const at = (m - (m % 4)) * 6 + (l - 1) * 8 + (m % 4);
        for (const [value, exact] of [
          [tables[at]!, Math.cos(angle)],
          [tables[at + 4]!, Math.sin(angle)],
        ] as const) {
          expect(Math.abs(value - exact)).toBeLessThanOrEqual(0.5607 * 2 ** (Math.ceil(Math.log2(Math.abs(exact) + 1e-30)) - 24));
          if (value !== Math.fround(exact)) notNearest++;
        }
      }
    }
    expect(notNearest).toBe(31); // glibc 2.36: as many of these differ there
  });
});
