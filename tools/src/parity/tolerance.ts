/** What an entry may be off: inside either of the two. */
export interface Tolerance {
  relative: number;
  absolute: number;
}

/**
 * Whether the resampler comes before the features. Ours computes the same filters in another way, so that samples differ by a millionth: they
 * are judged by the spread of their column. Where a clip has a silent stretch, that millionth is all there is in some frames: there librosa's
 * centroid, roll-off, zero crossings and chroma are those of the rounding noise of its FFT, 150 dB down, and ours of our own.
 */
export type Passage = 'no resampling' | 'resampled' | 'resampled, silent stretch';

/** Of digital silence beside sound: as long as the frames of the profiles. */
const stretchSeconds = 2048 / 22_050;

export function passageOf(samples: Float32Array, sampleRate: number, profileRate: number): Passage {
  if (sampleRate === profileRate) return 'no resampling';
  return hasSilentStretch(samples, stretchSeconds * sampleRate) ? 'resampled, silent stretch' : 'resampled';
}

function hasSilentStretch(samples: Float32Array, least: number): boolean {
  let [silentSamples, longest] = [0, 0];
  for (const sample of samples) {
    silentSamples = sample === 0 ? silentSamples + 1 : 0;
    longest = Math.max(longest, silentSamples);
  }
  return longest >= least && longest < samples.length;
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

/** What a column of resampled clips may be off, as a share of its standard deviation over the clips: at most, and in 99 of 100 entries of a profile. */
export const resampledTolerance = { largest: 0.05, percentile99: 0.01 };

/** Equal whatever the passage: a tempo is one of few, and another one is wrong. */
export function isExact(feature: string): boolean {
  return feature.startsWith('tempo');
}

/** Whether a frame counts however quiet it is: what a silent stretch adds is shown, and judged by nothing. */
export function isBlindToLevel(feature: string): boolean {
  return /^(spectral_(centroid|bandwidth|rolloff)|zcr|chroma)/.test(feature);
}
