import { columnNames } from './extraction.js';
import type { FeatureNote } from './feature-note.js';
import { type FeatureSpec, isSoundProfile, type Profile, type SpeechProfile } from './profile.js';
import { soundEntries, soundGroups } from './sound/sound-columns.js';

/** What each building block measures, for people who read a profile. */
const featureNotes: Record<FeatureSpec['feature'] | SpeechProfile['output']['of']['feature'], FeatureNote> = {
  mfcc: { unit: 'dB', description: 'Mel-frequency cepstral coefficients: the shape of the spectrum, coefficient 0 its loudness' },
  'log-mel': { unit: 'dB', description: 'Power in each mel band, at most topDb below the loudest of the clip' },
  'mel-power': { unit: 'power', description: 'Power in each mel band of the word in the clip, high bands raised as by pre-emphasis' },
  chroma: {
    unit: 'share of the loudest',
    description: 'Energy of each pitch class from C to B, the loudest of a frame being 1; follows the tuning of the clip',
  },
  'spectral-centroid': { unit: 'Hz', description: 'Mean frequency, weighted by magnitude: how bright a sound is' },
  'spectral-bandwidth': { unit: 'Hz', description: 'Spread around the centroid, weighted by magnitude' },
  'spectral-rolloff': { unit: 'Hz', description: 'Frequency below which the given share of the magnitude lies' },
  'spectral-flatness': { unit: 'ratio', description: 'Geometric over arithmetic mean of the power: 1 for white noise, near 0 for a tone' },
  'zero-crossing-rate': { unit: 'crossings a sample', description: 'How often the signal changes its sign' },
  rms: { unit: 'full scale', description: 'Root of the mean square of the samples: loudness' },
  'onset-strength': { unit: 'dB', description: 'Increase over the frame before, over the mel bands' },
  tempo: { unit: 'beats a minute', description: 'The most likely tempo; 0 where nothing begins' },
};

/** What a profile's entries are, in their order; a matrix has one kind. */
export function entryNotes(profile: Profile): (FeatureNote & { name: string })[] {
  if (isSoundProfile(profile)) return soundEntries(soundGroups).map(({ name, unit, description }) => ({ name, unit, description }));
  const { output } = profile;
  if (output.kind === 'matrix') return [{ name: output.of.feature, ...featureNotes[output.of.feature] }];
  return columnNames(profile).map((name) => ({ name, ...featureNotes[featureOf(name, output.columns)] }));
}

/** Entries are named after their column, with a number behind where it has several rows. */
function featureOf(entry: string, columns: readonly { name: string; of: FeatureSpec }[]): FeatureSpec['feature'] {
  const column =
    columns.find(({ name }) => name === entry) ??
    columns.find(({ name }) => entry.startsWith(`${name}_`) && /^\d+$/.test(entry.slice(name.length + 1)));
  if (column === undefined) throw new RangeError(`${entry} is no entry of the profile`);
  return column.of.feature;
}
