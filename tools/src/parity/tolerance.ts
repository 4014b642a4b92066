/** What an entry may be off: inside either of the two. */
export interface Tolerance {
  relative: number;
  absolute: number;
}

/** How a clip comes to the profile's rate. */
export type Passage = 'no resampling' | 'halved or doubled' | 'resampled';

export function passageOf(sampleRate: number, profileRate: number): Passage {
  if (sampleRate === profileRate) return 'no resampling';
  return sampleRate === 2 * profileRate || profileRate === 2 * sampleRate ? 'halved or doubled' : 'resampled';
}

/**
 * The strict tolerances of golden/README.md, for resampled clips too: our resampler is librosa's to 3e-7. `feature` is the entry's name
 * without its number. The flat spectrum of an impulse leaves its tuning, and with it its chroma, to rounding.
 */
export function toleranceOf(clip: string, feature: string): Tolerance {
  if (feature.startsWith('tempo')) return { relative: 1e-6, absolute: 0 };
  if (feature.startsWith('chroma') && clip.startsWith('impulse')) return { relative: 1e-4, absolute: 1e-3 };
  return { relative: 1e-4, absolute: 5e-4 };
}
