// The spectrogram of a clip, as values: a profile of our own, whose frames are as far apart as the picture is wide.
import { computeVector, rowsOf } from './vectors.js';

export interface Picture {
  /** In dB below the loudest, of each mel band, the lowest first, its frames. */
  values: number[][];
  highestHz: number;
}

const bands = 128;
const fftSize = 2048;
const shownDb = 80;
const leastFrames = 600;

export async function pictureOf(
  clipId: string,
  { durationSeconds, sampleRate }: { durationSeconds: number; sampleRate: number },
): Promise<Picture> {
  const rate = Math.min(44_100, Math.max(8_000, sampleRate));
  const { definition, highestHz } = pictureProfile(rate, hopFor(durationSeconds * rate));
  return { values: rowsOf(await computeVector(clipId, definition)), highestHz };
}

/** The longest step that still gives enough frames; a power of two that divides half of `fftSize`. */
export function hopFor(sampleCount: number): number {
  let hop = 64;
  while (hop < fftSize / 2 && sampleCount / (2 * hop) >= leastFrames) hop *= 2;
  return hop;
}

function pictureProfile(sampleRate: number, hopSamples: number) {
  const highestHz = sampleRate / 2;
  const definition = {
    name: 'web-picture',
    version: 1,
    sampleRate,
    channels: 'mean' as const,
    resampler: 'soxr-hq' as const,
    seconds: null,
    silence: null,
    frames: { fftSize, hopSamples, window: 'hann' as const, padding: 'zeros' as const },
    mel: { bands, minHz: 0, maxHz: highestHz, scale: 'slaney' as const, topDb: shownDb },
    output: { kind: 'matrix' as const, of: { feature: 'log-mel' as const }, frames: null },
  };
  return { definition, highestHz };
}
