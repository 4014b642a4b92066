import { kernels, RealFft } from '@earshot/kernels';
import { once } from './once.js';
import { type PcmSource, readPadded } from './pcm-source.js';

export const soundPrintRate = 16_000;

const parts = 32;
const bandsPerOctave = 24;
const bands = 5 * bandsPerOctave;
const lowestHz = 200;
const fftSize = 2048;
const binHz = soundPrintRate / fftSize;
/** Frames of a part: so many at least, and more where they would lie further apart than half a window. */
const fewestFrames = 4;
/** What is further below the loudest place counts as silence. */
const floorDb = -50;
/** By how many bands two prints are shifted against each other: half a semitone more than an augmentation shifts the pitch. */
const maxShift = 5;

/**
 * A picture of a clip in which copies of it are recognised: 32 parts of equal length × 120 bands, half a semitone apart, from 200 Hz to
 * 6.4 kHz.
 *
 *     P[t,b] = mean over the frames of part t of Σₖ weight[b,k]·|X[k]|²        L = max(10·log₁₀(P / max P), −50)
 *
 * L without its mean, in steps of its largest size / 127. Louder, faster or slower is the same picture; a higher or lower pitch is the same
 * one shifted by bands. Null where nothing sounds. Prints are kept: a change to what is computed needs a new `checkRecipe` (contracts).
 */
export function soundPrint(source: PcmSource): Int8Array | null {
  const levels = partsOf(source);
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  if (!(loudest > 0)) return null;
  let sum = 0;
  for (let i = 0; i < levels.length; i++) sum += levels[i] = Math.max(10 * Math.log10(levels[i]! / loudest), floorDb);
  const mean = sum / levels.length;
  const largest = levels.reduce((most, level) => Math.max(most, Math.abs(level - mean)), 1e-9);
  return Int8Array.from(levels, (level) => Math.round((127 * (level - mean)) / largest));
}

/** How alike two prints are: the largest correlation over the shifts, from −1 to 1. */
export function printLikeness(a: Int8Array, b: Int8Array): number {
  const [ofA, ofB] = [bandSums(a), bandSums(b)];
  let best = -1;
  for (let shift = -maxShift; shift <= maxShift; shift++) best = Math.max(best, correlation([a, ofA], [b, ofB], shift));
  return best;
}

interface BandSums {
  sums: Float64Array;
  squares: Float64Array;
}

/** Σ x and Σ x² over the parts, of all bands below each. */
function bandSums(print: Int8Array): BandSums {
  const [sums, squares] = [new Float64Array(bands + 1), new Float64Array(bands + 1)];
  for (let i = 0; i < parts * bands; i++) {
    const [x, next] = [print[i]!, (i % bands) + 1];
    sums[next]! += x;
    squares[next]! += x * x;
  }
  for (let b = 0; b < bands; b++) {
    sums[b + 1]! += sums[b]!;
    squares[b + 1]! += squares[b]!;
  }
  return { sums, squares };
}

/** Pearson's, of band b of the one with band b + shift of the other, where both are. */
function correlation([a, ofA]: [Int8Array, BandSums], [b, ofB]: [Int8Array, BandSums], shift: number): number {
  const from = Math.max(0, -shift);
  const end = Math.min(bands, bands - shift);
  let products = 0;
  for (let row = 0; row < parts * bands; row += bands) {
    for (let i = row + from; i < row + end; i++) products += a[i]! * b[i + shift]!;
  }
  const n = parts * (end - from);
  const between = (values: Float64Array, by: number) => values[end + by]! - values[from + by]!;
  const [sumA, sumB] = [between(ofA.sums, 0), between(ofB.sums, shift)];
  const spreadA = between(ofA.squares, 0) - (sumA * sumA) / n;
  const spreadB = between(ofB.squares, shift) - (sumB * sumB) / n;
  const spread = Math.sqrt(spreadA * spreadB);
  return spread > 0 ? (products - (sumA * sumB) / n) / spread : 0;
}

const sketchParts = 8;
const sketchBands = 10;
export const sketchLength = sketchParts * sketchBands;

/** Sketches of a print at these shifts: the one of a copy at 0 is like one of these of its original. */
export const sketchShifts = [0, -4, -2, 2, 4];

/** A print in 80 numbers: each sums four parts and eleven bands, of all bands but those at the ends, shifted by so many bands. */
export function printSketch(print: Int8Array, shift: number, out: Float32Array = new Float32Array(sketchLength)): Float32Array {
  const [rows, columns] = [parts / sketchParts, (bands - 2 * maxShift) / sketchBands];
  out.fill(0);
  for (let part = 0; part < parts; part++) {
    const row = Math.floor(part / rows) * sketchBands;
    const from = part * bands + maxShift + shift;
    for (let band = 0; band < sketchBands * columns; band++) out[row + Math.floor(band / columns)]! += print[from + band]!;
  }
  return out;
}

function partsOf(source: PcmSource): Float64Array {
  const perPart = Math.max(fewestFrames, Math.ceil(source.sampleCount / (parts * (fftSize / 2))));
  const frames = parts * perPart;
  const levels = new Float64Array(parts * bands);
  const { fft, window, weights } = tools(0);
  const frame = new Float32Array(fftSize);
  const { arena } = kernels();
  arena.scoped(() => {
    const [x, re, im] = [arena.take(4 * fftSize), arena.take(4 * (fftSize / 2 + 1)), arena.take(4 * (fftSize / 2 + 1))];
    for (let i = 0; i < frames; i++) {
      readPadded(source, Math.round(((i + 0.5) * source.sampleCount) / frames - fftSize / 2), frame);
      for (let s = 0; s < fftSize; s++) frame[s]! *= window[s]!;
      arena.f32(x, fftSize).set(frame);
      fft.forward(x, re, im);
      const [real, imaginary] = [arena.f32(re, fftSize / 2 + 1), arena.f32(im, fftSize / 2 + 1)];
      const row = Math.floor(i / perPart) * bands;
      for (const { band, bin, weight } of weights) levels[row + band]! += (weight * (real[bin]! ** 2 + imaginary[bin]! ** 2)) / perPart;
    }
  });
  return levels;
}

interface Weight {
  band: number;
  bin: number;
  weight: number;
}

/** Triangles around 200·2^(b/24) Hz, three quarters of a semitone to both sides and more than a bin; each adds up to 1. */
const tools = once(1, () => {
  const weights = Array.from({ length: bands }, (_, band): Weight[] => {
    const centreHz = lowestHz * 2 ** (band / bandsPerOctave);
    const halfWidthHz = Math.max(centreHz * (2 ** (1.5 / bandsPerOctave) - 1), 1.2 * binHz);
    const [first, last] = [Math.ceil((centreHz - halfWidthHz) / binHz), Math.floor((centreHz + halfWidthHz) / binHz)];
    const ofBand = Array.from({ length: last - first + 1 }, (_, i) => {
      const bin = first + i;
      return { band, bin, weight: 1 - Math.abs(bin * binHz - centreHz) / halfWidthHz };
    });
    const total = ofBand.reduce((sum, { weight }) => sum + weight, 0);
    return ofBand.map(({ bin, weight }) => ({ band, bin, weight: weight / total }));
  }).flat();
  const window = Float32Array.from({ length: fftSize }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / fftSize));
  return { fft: new RealFft(fftSize), window, weights };
});
