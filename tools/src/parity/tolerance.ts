/** What an entry may be off: inside either of the two. */
export interface Tolerance {
  relative: number;
  absolute: number;
}

/** Whether the resampler comes before the features. What an entry may be off is the same: its samples are librosa's. */
export type Passage = 'no resampling' | 'resampled';

export function passageOf(sampleRate: number, profileRate: number): Passage {
  return sampleRate === profileRate ? 'no resampling' : 'resampled';
}

/** `feature` is the entry's name without its number. */
export function toleranceOf(feature: string): Tolerance {
  if (feature.startsWith('tempo')) return { relative: 1e-6, absolute: 0 };
  const isDecibels = feature.startsWith('mfcc') || feature.startsWith('log-mel');
  return { relative: 1e-4, absolute: isDecibels ? 5e-4 : 1e-6 };
}
