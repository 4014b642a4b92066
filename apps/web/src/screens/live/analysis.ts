// What is drawn while one listens: how loud it is, and the spectrum of now in mel bands. What is answered comes from the server.
import packaged from 'meyda';
import { melOf } from '../../ui/ticks.js';

// Its types are those of an ES module with a default export; what is shipped is the thing itself.
const Meyda = packaged as unknown as typeof packaged.default;

export interface Frame {
  /** The largest sample, from 0 to 1. */
  peak: number;
  /** dB below full scale, the lowest band first. */
  bands: number[];
}

const fftSize = 2048;
const bandCount = 64;
export const lowestDb = -90;
export const highestDb = -10;

/** Calls back for each `fftSize` samples. */
export function analyse(sampleRate: number, onFrame: (frame: Frame, seconds: number) => void): (block: Float32Array) => void {
  const signal = new Float32Array(fftSize);
  const edges = bandEdges(sampleRate);
  let filled = 0;
  return (block) => {
    for (const sample of block) {
      signal[filled++] = sample;
      if (filled < fftSize) continue;
      filled = 0;
      Meyda.bufferSize = fftSize;
      Meyda.sampleRate = sampleRate;
      const features = Meyda.extract(['amplitudeSpectrum'], signal);
      const bands = bandsOf(features?.amplitudeSpectrum ?? new Float32Array(fftSize / 2), edges);
      const peak = signal.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      onFrame({ peak, bands }, fftSize / sampleRate);
    }
  };
}

/** Of each band the loudest bin in dB; a Hann window lets a tone of full scale come to a quarter of `fftSize`. */
export function bandsOf(amplitudes: Float32Array, edges: readonly number[]): number[] {
  return Array.from({ length: edges.length - 1 }, (_, band) => {
    let loudest = 0;
    const end = Math.max(edges[band]! + 1, edges[band + 1]!);
    for (let bin = edges[band]!; bin < end && bin < amplitudes.length; bin++) loudest = Math.max(loudest, amplitudes[bin]!);
    const db = 20 * Math.log10(Math.max(1e-9, loudest / (fftSize / 4)));
    return Math.max(lowestDb, Math.min(highestDb, db));
  });
}

/** The first bin of each band, and the end of the last: evenly spread in mel up to half of the sample rate. */
export function bandEdges(sampleRate: number): number[] {
  const bins = fftSize / 2;
  const edges: number[] = [0];
  for (let bin = 1; bin <= bins; bin++) {
    const band = Math.floor((bandCount * melOf((bin * sampleRate) / fftSize)) / melOf(sampleRate / 2));
    while (edges.length <= band) edges.push(bin);
  }
  return edges.slice(0, bandCount + 1);
}
