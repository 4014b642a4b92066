import { defineProfile, extract, type PcmSource } from '@earshot/features';
import { indexedPng } from './png.js';

export interface SpectrogramImage {
  png: Uint8Array;
  width: number;
  height: number;
}

/** The rate at which `drawSpectrogram` takes its source. */
export const spectrogramSampleRate = 22_050;
const bands = 128;
const rangeDb = 80;
const mostColumns = 512;
const fftSize = 2048;
/** Short clips are drawn frame by frame. */
const hopSamples = 512;
/** Of long ones `mostColumns` places are drawn, each from the middle of an excerpt, whatever their length. */
const excerptSamples = 4096;
const excerptHop = 1024;

/** A picture of the clip for display: time to the right, 128 mel bands from 0 Hz at the bottom to 11,025 Hz, 80 dB from dark to bright. */
export function drawSpectrogram(source: PcmSource): SpectrogramImage {
  const { columns, loudnessDb } = pictured(source);
  return { png: drawn(loudnessDb, columns), width: columns, height: bands };
}

/** Bands × columns, row by row, the lowest band first. */
function pictured(source: PcmSource): { columns: number; loudnessDb: Float32Array } {
  if (source.sampleCount < mostColumns * hopSamples) {
    const [matrix] = extract([logMel(hopSamples)], () => source);
    return { columns: matrix?.shape[1] ?? 0, loudnessDb: matrix?.values ?? new Float32Array(0) };
  }
  const [matrix] = extract([logMel(excerptHop)], () => excerptsOf(source));
  const { values = new Float32Array(0), shape = [] } = matrix ?? {};
  const frames = shape[1] ?? 0;
  const loudnessDb = new Float32Array(bands * mostColumns);
  const framesPerExcerpt = excerptSamples / excerptHop;
  for (let band = 0; band < bands; band++) {
    for (let column = 0; column < mostColumns; column++) {
      loudnessDb[band * mostColumns + column] = values[band * frames + column * framesPerExcerpt + framesPerExcerpt / 2]!;
    }
  }
  return { columns: mostColumns, loudnessDb };
}

/** Evenly spaced excerpts of a long clip, one after the other. */
function excerptsOf(source: PcmSource): PcmSource {
  const distance = (source.sampleCount - excerptSamples) / (mostColumns - 1);
  return {
    sampleRate: source.sampleRate,
    sampleCount: mostColumns * excerptSamples,
    read(start, target) {
      for (let done = 0; done < target.length; ) {
        const at = start + done;
        const within = at % excerptSamples;
        const length = Math.min(excerptSamples - within, target.length - done);
        source.read(Math.floor(Math.floor(at / excerptSamples) * distance) + within, target.subarray(done, done + length));
        done += length;
      }
    },
  };
}

function logMel(hop: number) {
  return defineProfile({
    name: 'picture',
    version: 1,
    sampleRate: spectrogramSampleRate,
    channels: 'mean',
    resampler: 'soxr-hq',
    seconds: null,
    silence: null,
    frames: { fftSize, hopSamples: hop, window: 'hann', padding: 'zeros' },
    mel: { bands, minHz: 0, maxHz: spectrogramSampleRate / 2, scale: 'slaney', topDb: rangeDb },
    output: { kind: 'matrix', of: { feature: 'log-mel' }, frames: null },
  });
}

function drawn(loudnessDb: Float32Array, columns: number): Uint8Array {
  let loudestDb = Number.NEGATIVE_INFINITY;
  for (const value of loudnessDb) loudestDb = Math.max(loudestDb, value);
  const pixels = new Uint8Array(bands * columns);
  for (let band = 0; band < bands; band++) {
    const row = bands - 1 - band;
    for (let column = 0; column < columns; column++) {
      const level = 1 + (loudnessDb[band * columns + column]! - loudestDb) / rangeDb;
      pixels[row * columns + column] = Math.max(0, Math.min(255, Math.round(255 * level)));
    }
  }
  return indexedPng(pixels, columns, bands, palette);
}

/** From black over violet and orange to a pale yellow: every step brighter than the one before, so that it reads in grey too. */
const palette = Uint8Array.from({ length: 768 }, (_, i) => {
  const stops = [
    [0, 0, 4],
    [66, 10, 104],
    [147, 38, 103],
    [221, 81, 58],
    [252, 165, 10],
    [252, 255, 164],
  ];
  const at = (Math.floor(i / 3) / 255) * (stops.length - 1);
  const stop = Math.min(Math.floor(at), stops.length - 2);
  const [from, to] = [stops[stop]![i % 3]!, stops[stop + 1]![i % 3]!];
  return Math.round(from + (to - from) * (at - stop));
});
