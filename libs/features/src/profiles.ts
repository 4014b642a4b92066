import { EarshotError } from '@earshot/contracts';
import {
  type Column,
  defineSpectralProfile,
  defineSpeechProfile,
  type FeatureSpec,
  nameSoundProfile,
  type Profile,
  type ProfileDefinition,
  type SoundProfile,
  type SpectralProfile,
  type SpeechProfile,
} from './profile.js';
import { soundDefinition } from './sound/sound-profile.js';

// The named profiles. A change to a definition needs a new version: hashes are in models, vectors and indexes.

const frames = { fftSize: 2048, hopSamples: 512, window: 'hann', padding: 'zeros' } as const;
const mel = { bands: 128, minHz: 0, maxHz: 11_025, scale: 'slaney', topDb: 80 } as const;
const music = { version: 1, sampleRate: 22_050, channels: 'mean', resampler: 'soxr-hq', seconds: null, frames, mel } as const;
const mfcc13: FeatureSpec = { feature: 'mfcc', coefficients: 13 };
const centroid: FeatureSpec = { feature: 'spectral-centroid' };
const rolloff: FeatureSpec = { feature: 'spectral-rolloff', share: 0.85 };
const zcr: FeatureSpec = { feature: 'zero-crossing-rate' };
const rms: FeatureSpec = { feature: 'rms' };
const chroma: FeatureSpec = { feature: 'chroma' };
const tempo: FeatureSpec = { feature: 'tempo' };

/** Vocal talent: 37 numbers of what is left when silence is taken out. */
export const talent37 = profile({
  ...music,
  name: 'talent-37',
  silence: { topDb: 20, frameSamples: 2048, hopSamples: 512 },
  output: {
    kind: 'vector',
    columns: [
      { name: 'mfcc_mean', of: mfcc13, take: 'mean' },
      { name: 'mfcc_std', of: mfcc13, take: 'std' },
      ...meanAndStd('spectral_centroid', centroid),
      ...meanAndStd('spectral_rolloff', rolloff),
      ...meanAndStd('zcr', zcr),
      ...meanAndStd('rms', rms),
      { name: 'chroma_mean', of: chroma, take: 'mean-of-all' },
      { name: 'chroma_std', of: chroma, take: 'std-of-all' },
      { name: 'tempo_0', of: tempo, take: 'value' },
    ],
  },
});

/** Sample search, genre, anomalies: 45 numbers of the whole clip. */
export const electro45 = profile({
  ...music,
  name: 'electro-45',
  silence: null,
  output: {
    kind: 'vector',
    columns: [
      { name: 'mfcc_mean', of: mfcc13, take: 'mean' },
      { name: 'mfcc_std', of: mfcc13, take: 'std' },
      { name: 'chroma', of: chroma, take: 'mean' },
      { name: 'spectral_centroid', of: centroid, take: 'mean' },
      { name: 'spectral_rolloff', of: rolloff, take: 'mean' },
      { name: 'zcr', of: zcr, take: 'mean' },
      { name: 'tempo', of: tempo, take: 'value' },
      { name: 'rms', of: rms, take: 'mean' },
      { name: 'spectral_bandwidth', of: { feature: 'spectral-bandwidth' }, take: 'mean' },
      { name: 'spectral_flatness', of: { feature: 'spectral-flatness' }, take: 'mean' },
    ],
  },
});

/** Environmental sounds: 128 mel bands of the first five seconds, in dB. */
export const logmel128 = profile({
  ...music,
  name: 'logmel-128',
  seconds: 5,
  silence: null,
  frames: { ...frames, fftSize: 1024 },
  output: { kind: 'matrix', of: { feature: 'log-mel' }, frames: null },
});

/** Keywords: 49 MFCC of the first 40 frames, at 16 kHz. */
export const mfcc49x40 = profile({
  ...music,
  name: 'mfcc-49x40',
  sampleRate: 16_000,
  silence: null,
  mel: { ...mel, maxHz: 8000 },
  output: { kind: 'matrix', of: { feature: 'mfcc', coefficients: 49 }, frames: 40 },
});

/** Words said one at a time: power in 40 mel bands, 83 frames a second of what is left when the silence around the word is cut off. */
export const speech40: SpeechProfile = defineSpeechProfile({
  name: 'speech-40',
  version: 1,
  sampleRate: 8000,
  channels: 'mean',
  resampler: 'soxr-hq',
  longestSeconds: 60,
  trim: { quietDb: 30, rangeDb: 40, aboveFloorDb: 5, belowPeakDb: 25, bridgeFrames: 20, marginFrames: 4 },
  frames: { windowSamples: 200, fftSize: 256, hopSamples: 96, window: 'hann', padding: 'none' },
  mel: { bands: 40, minHz: 80, maxHz: 3900, scale: 'htk', area: 'one', emphasisHz: 500 },
  output: { kind: 'matrix', of: { feature: 'mel-power' }, frames: null },
});

/** Comparing short sounds: 97 numbers of what sounds in the clip (sound/sound-columns.ts). */
export const sound97: SoundProfile = nameSoundProfile(soundDefinition);

export const profiles: readonly Profile[] = [talent37, electro45, logmel128, mfcc49x40, speech40, sound97];

/** A named profile, for example `talent-37@1`. Throws `PROFILE_NOT_FOUND`. */
export function getProfile(id: string): Profile {
  const found = profiles.find((profile) => profile.id === id);
  if (!found) throw new EarshotError('PROFILE_NOT_FOUND', `${id}; there are ${profiles.map((profile) => profile.id).join(', ')}`);
  return found;
}

function profile(definition: ProfileDefinition): SpectralProfile {
  return defineSpectralProfile(definition);
}

function meanAndStd(name: string, of: FeatureSpec): Column[] {
  return [
    { name: `${name}_mean`, of, take: 'mean' },
    { name: `${name}_std`, of, take: 'std' },
  ];
}
