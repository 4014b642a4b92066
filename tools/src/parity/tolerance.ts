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

const rules: { feature: RegExp; tolerance: Tolerance }[] = [
  // equal; the golden values are decimals of nine digits
  { feature: /^(tempo|zcr|spectral_rolloff)/, tolerance: { relative: 2e-7, absolute: 0 } },
  { feature: /^(rms|chroma|spectral_flatness)/, tolerance: { relative: 1e-5, absolute: 1e-6 } },
  { feature: /^(spectral_centroid|spectral_bandwidth)/, tolerance: { relative: 1e-4, absolute: 1e-6 } },
  { feature: /^log-mel/, tolerance: { relative: 2e-5, absolute: 1e-5 } },
  { feature: /^mfcc/, tolerance: { relative: 2e-5, absolute: 4e-4 } },
];

/** `feature` is the entry's name without its number. */
export function toleranceOf(feature: string): Tolerance {
  const rule = rules.find((candidate) => candidate.feature.test(feature));
  if (!rule) throw new Error(`${feature} has no tolerance`);
  return rule.tolerance;
}
