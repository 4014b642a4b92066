import type { Kernels } from '@earshot/kernels';
import { chromaRows, packedChromaBank } from '../chroma.js';
import type { PcmSource } from '../pcm-source.js';
import { framesPerBlock, Spectrogram } from '../spectrogram.js';
import { untunedStep } from '../tuning.js';
import type { SoundDefinition } from './sound-profile.js';
import { WeightedMoments } from './weighted-moments.js';

/** Semitones that are looked at. */
const intervals = 6;

/**
 * What needs a finer spectrum: the lowest octaves, and the relations of the pitch classes.
 *
 *     low[i] = 10·log₁₀(Σ_{k in i} P[k] / ΣP + 1e-5)        bands of equal width in octaves from minHz to maxHz, P summed over the frames
 *     c = weighted mean of raw[t]/Σ raw[t], weights √Σ raw[t] + 1e-6, raw: chroma of 440 Hz tuning before it is normalised (chroma.ts)
 *     interval[j] = Σ_p c[p]·c[p + j] / Σ_p c[p]², j = 1 … 6        entropy = −Σ c·ln(c + 1e-6)
 *
 * Intervals do not change when a sound is transposed. A band without a bin of its own is that of the next bin.
 */
export function lowAndChroma(kernels: Kernels, signal: PcmSource, profile: SoundDefinition): { low: number[]; chroma: number[] } {
  const { run, arena } = kernels;
  const { sampleRate, lowFrames } = profile;
  const spectrogram = new Spectrogram(kernels, signal, lowFrames, 'nothing');
  const { binCount } = spectrogram;
  const bank = arena.takeTable(packedChromaBank(sampleRate, lowFrames.fftSize, untunedStep));
  const [total, running, logs] = [arena.take(16 * binCount), arena.take(16 * binCount), arena.take(16)];
  const [sums, rows, largest] = [arena.take(288), arena.take(4 * chromaRows * framesPerBlock), arena.take(4 * framesPerBlock)];
  const powers = new Float64Array(binCount);
  const mean = new WeightedMoments(chromaRows);
  const classes = new Float64Array(chromaRows);
  spectrogram.forEachFirst(({ magnitude, quadCount, frameCount }) => {
    const ofBlock = arena.f32(total, 4 * binCount).fill(0);
    for (let quad = 0; quad < quadCount; quad++) run.quadPower(magnitude + 16 * binCount * quad, binCount, running, total, logs);
    for (let k = 0; k < binCount; k++) powers[k]! += ofBlock[4 * k]! + ofBlock[4 * k + 1]! + ofBlock[4 * k + 2]! + ofBlock[4 * k + 3]!;
    run.quadChroma(magnitude, quadCount, binCount, bank, sums, rows, largest);
    const [chroma, most] = [arena.f32(rows, 4 * chromaRows * quadCount), arena.f32(largest, 4 * quadCount)];
    for (let t = 0; t < frameCount; t++) {
      const at = (t >> 2) * chromaRows * 4 + (t & 3);
      let raw = 0;
      for (let c = 0; c < chromaRows; c++) raw += classes[c] = chroma[at + 4 * c]! * most[t]!;
      for (let c = 0; c < chromaRows; c++) classes[c]! /= raw + 1e-12;
      mean.add(Math.sqrt(raw) + 1e-6, classes);
    }
  });
  return { low: lowBands(powers, sampleRate / lowFrames.fftSize, profile.low), chroma: relations(mean.means()) };
}

function lowBands(powers: Float64Array, binHz: number, { minHz, maxHz, bands }: SoundDefinition['low']): number[] {
  const all = powers.reduce((sum, power) => sum + power, 0) + 1e-12;
  const firstBin = (band: number) => Math.ceil((minHz * (maxHz / minHz) ** (band / bands)) / binHz);
  return Array.from({ length: bands }, (_, band) => {
    const [first, end] = [firstBin(band), Math.max(firstBin(band) + 1, firstBin(band + 1))];
    const share = powers.subarray(first, end).reduce((sum, power) => sum + power, 0) / all;
    return 10 * Math.log10(share + 1e-5);
  });
}

function relations(c: Float64Array): number[] {
  const likeness = (lag: number) => c.reduce((sum, value, p) => sum + value * c[(p + lag) % c.length]!, 0);
  const whole = likeness(0) + 1e-12;
  const entropy = -c.reduce((sum, value) => sum + value * Math.log(value + 1e-6), 0);
  return [...Array.from({ length: intervals }, (_, j) => likeness(j + 1) / whole), entropy];
}
