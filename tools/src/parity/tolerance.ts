/** What an entry may be off: inside either of the two. */
export interface Tolerance {
  relative: number;
  absolute: number;
}

/** How a clip comes to the profile's rate. The two-to-one kernel of soxr is known exactly, the others to 2e-4 of the signal. */
export type Passage = 'no resampling' | 'halved or doubled' | 'resampled';

export function passageOf(sampleRate: number, profileRate: number): Passage {
  if (sampleRate === profileRate) return 'no resampling';
  return sampleRate === 2 * profileRate || profileRate === 2 * sampleRate ? 'halved or doubled' : 'resampled';
}

/** The tolerances of /golden/README.md. `feature` is the entry's name without its number. */
export function toleranceOf(clip: string, feature: string, passage: Passage): Tolerance {
  const isDecibels = feature.startsWith('mfcc') || feature.startsWith('log-mel');
  if (feature.startsWith('tempo')) return passage === 'resampled' ? oneLag : equal;
  if (passage !== 'resampled') return clip === 'impulse' && feature.startsWith('chroma') ? { relative: 1e-4, absolute: 1e-3 } : strict;
  if (noiseFloors.some(([name, entry]) => clip === name && feature === entry)) return exempt;
  return { relative: 1e-2, absolute: isDecibels ? 0.3 : 0 };
}

const strict: Tolerance = { relative: 1e-4, absolute: 5e-4 };
const equal: Tolerance = { relative: 1e-6, absolute: 0 };
/** Neighbouring lags around 120 bpm are 5 % apart, at 240 bpm 10 %. */
const oneLag: Tolerance = { relative: 0.101, absolute: 0 };
const exempt: Tolerance = { relative: Number.POSITIVE_INFINITY, absolute: Number.POSITIVE_INFINITY };

/** In the digital silence between these clips' phrases librosa's value is its resampler's own noise. */
const noiseFloors = ['voice-48k', 'voice-16k'].flatMap((clip) =>
  ['spectral_centroid_std', 'spectral_rolloff_std'].map((entry) => [clip, entry] as const),
);
