// The spectrogram of a clip, as values: a profile of our own, whose frames are as far apart as the picture is wide.
import { computeVector, rowsOf } from './vectors.js';

export interface Picture {
  /** In dB below the loudest, of each mel band, the lowest first, its frames. */
  values: number[][];
  highestHz: number;
}

const bands = 128;
const shownDb = 80;
const leastFrames = 600;

export async function pictureOf(
  clipId: string,
  { durationSeconds, sampleRate }: { durationSeconds: number; sampleRate: number },
): Promise<Picture> {
  const rate = Math.min(44_100, Math.max(8_000, sampleRate));
  const { definition, highestHz } = pictureProfile(rate, durationSeconds);
  const computed = await computeVector(clipId, definition);
  const loudestDb = computed.values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return { values: rowsOf({ ...computed, values: computed.values.map((value) => value - loudestDb) }), highestHz };
}

/** A frame of 43 to 85 ms: long enough for the lowest bands, short enough to show when a sound begins. */
export function fftSizeFor(sampleRate: number): number {
  return sampleRate <= 12_000 ? 512 : sampleRate <= 24_000 ? 1_024 : 2_048;
}

/** The longest step that still gives enough frames; a power of two, at most half of a frame. */
export function hopFor(sampleCount: number, fftSize: number): number {
  let hop = 64;
  while (hop < fftSize / 2 && sampleCount / (2 * hop) >= leastFrames) hop *= 2;
  return hop;
}

function pictureProfile(sampleRate: number, durationSeconds: number) {
  const fftSize = fftSizeFor(sampleRate);
  const hopSamples = hopFor(durationSeconds * sampleRate, fftSize);
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
