import { soundEntries, soundGroups } from './sound-columns.js';

// The third kind of profile: what tells one short sound from another, in numbers that are good for comparing. All its parameters are
// fixed, because a projection that was fitted to them comes with Earshot.

/** Everything a sound profile's numbers depend on, but for the code; hashed as it stands here. */
export const soundDefinition = {
  name: 'sound-97',
  version: 1,
  sampleRate: 44_100,
  channels: 'mean',
  resampler: 'soxr-hq',
  /** From `leadSamples` before the first sample this far below the peak to the last one, and zeros up to `leastSamples`. */
  sounding: { belowPeakDb: 60, leadSamples: 64, leastSamples: 256 },
  frames: { fftSize: 2048, hopSamples: 512, window: 'hann', padding: 'zeros', scale: 1 / 512 },
  lowFrames: { fftSize: 4096, hopSamples: 1024, window: 'hann', padding: 'zeros', scale: 1 / 512 },
  mel: { bands: 64, minHz: 20, maxHz: 18_000, scale: 'slaney', peak: 'one', topDb: 80 },
  envelope: { blockSamples: 128, blocksPerSecond: 344, smoothedBlocks: 3 },
  pitch: { loudestFrames: 24, leastLag: 29, greatestLag: 882 },
  low: { minHz: 25, maxHz: 400, bands: 12 },
  bandGroups: { bands: 8, rangeDb: 60, decayDb: 20 },
  contrast: { edgesHz: [0, 100, 200, 400, 800, 1600, 3200, 6400, 12_800], share: 0.1 },
  output: { kind: 'vector', columns: soundEntries(soundGroups).map(({ name, group }) => ({ name, group })) },
} as const;

export type SoundDefinition = typeof soundDefinition;
