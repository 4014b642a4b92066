import type { FeatureNote } from '../feature-note.js';

/** One entry of a sound profile, or `rows` of the same kind, which get _0, _1, … */
interface SoundColumn extends FeatureNote {
  readonly name: string;
  readonly rows?: number;
}

/** A group of entries that tell of the same side of a sound: an embedding weighs groups, so that a large one does not drown a small one. */
export interface SoundGroup {
  readonly group: string;
  readonly columns: readonly SoundColumn[];
}

const times = 'log2 of seconds + .005';
const hertz = 'log2 of Hz, at least 20';

/** Everything a sound profile says of a sound, in its order. Means over frames are weighted by √(power of the frame). */
export const soundGroups: readonly SoundGroup[] = [
  {
    group: 'cepstrum',
    columns: [
      {
        name: 'cepstrum',
        rows: 20,
        unit: 'dB',
        description: 'Shape of the mean mel spectrum: its cosine transform, relative to the loudest band',
      },
    ],
  },
  {
    group: 'spectrum',
    columns: [
      { name: 'centroid', unit: hertz, description: 'Mean frequency of the magnitude: how bright it is' },
      { name: 'bandwidth', unit: hertz, description: 'Spread of the magnitude around the centroid' },
      { name: 'rolloff_85', unit: hertz, description: 'Below it lie 85 % of the magnitude' },
      { name: 'rolloff_25', unit: hertz, description: 'Below it lie 25 % of the magnitude' },
      { name: 'rolloff_50', unit: hertz, description: 'Below it lies half of the magnitude' },
      { name: 'power_rolloff_50', unit: hertz, description: 'Below it lies half of the power' },
      { name: 'power_rolloff_95', unit: hertz, description: 'Below it lie 95 % of the power' },
      { name: 'flatness', unit: 'log10 of a share', description: 'How much its spectrum is that of noise: 0 is white noise' },
      { name: 'mel_flatness', unit: 'log10 of a share', description: 'The same of its mel bands' },
      { name: 'zero_crossings', unit: 'log10 of crossings a sample + .001', description: 'How often the signal changes its sign' },
      { name: 'onset', unit: 'dB a frame', description: 'How much the mel bands rise from frame to frame' },
    ],
  },
  {
    group: 'envelope',
    columns: [
      { name: 'sounding_duration', unit: times, description: 'Duration without the silence around it' },
      { name: 'duration', unit: times, description: 'Duration of the whole clip' },
      { name: 'attack', unit: times, description: 'From 20 dB below the peak to the peak' },
      { name: 'center', unit: times, description: 'Where the centre of its energy lies' },
      { name: 'center_share', unit: 'share', description: 'The same as a share of the duration' },
      { name: 'time_above_20db', unit: times, description: 'Time less than 20 dB below the peak' },
      { name: 'time_above_40db', unit: times, description: 'Time less than 40 dB below the peak' },
      { name: 'decay_20db', unit: times, description: 'From the peak until it is 20 dB lower' },
      { name: 'decay_40db', unit: times, description: 'From the peak until it is 40 dB lower' },
      { name: 'crest', unit: 'dB', description: 'Peak over mean level' },
      { name: 'half_balance', unit: 'dB', description: 'Energy of the second half over that of the first' },
      { name: 'active_share', unit: 'share', description: 'Share of the time less than 20 dB below the peak' },
      { name: 'leading_silence', unit: times, description: 'Silence before it begins' },
    ],
  },
  {
    group: 'level',
    columns: [
      { name: 'rms_level', unit: 'dB', description: 'Mean level; 0 is full scale' },
      { name: 'peak_level', unit: 'dB', description: 'Level of the greatest sample; 0 is full scale' },
      { name: 'dc_offset', unit: 'percent of full scale, at most 1', description: 'How far its mean is off zero' },
      { name: 'clipping', unit: 'root of a share', description: 'Samples within 2 % of the peak: many where it is clipped' },
    ],
  },
  {
    group: 'pitch',
    columns: [
      { name: 'pitch_strength', unit: 'share', description: 'How periodic its loudest frames are: 1 is a steady tone' },
      { name: 'pitch_strength_spread', unit: 'share', description: 'How much that differs from frame to frame' },
      { name: 'pitch', unit: 'log2 of Hz × strength', description: 'Its pitch, as far as it has one' },
      { name: 'pitch_spread', unit: 'octaves', description: 'How much the pitch moves' },
      { name: 'peak_share', unit: 'share', description: 'Share of the power in the four strongest bins of a frame' },
      { name: 'strongest', unit: hertz, description: 'The strongest frequency of all' },
    ],
  },
  {
    group: 'low',
    columns: [{ name: 'low_band', rows: 12, unit: 'dB', description: 'Share of the power in twelve bands from 25 to 400 Hz' }],
  },
  {
    group: 'chroma',
    columns: [
      { name: 'interval_1', unit: 'share', description: 'How alike pitch classes a semitone apart are' },
      { name: 'interval_2', unit: 'share', description: 'The same of a whole tone' },
      { name: 'interval_3', unit: 'share', description: 'The same of a minor third' },
      { name: 'interval_4', unit: 'share', description: 'The same of a major third' },
      { name: 'interval_5', unit: 'share', description: 'The same of a fourth' },
      { name: 'interval_6', unit: 'share', description: 'The same of a tritone' },
      { name: 'chroma_entropy', unit: 'nats', description: 'Over how many pitch classes it spreads: 0 is one, 2.48 all twelve' },
    ],
  },
  {
    group: 'band-levels',
    columns: [
      { name: 'band_level', rows: 8, unit: 'dB', description: 'Peak of eight groups of mel bands, low to high, relative to the loudest' },
    ],
  },
  {
    group: 'band-decays',
    columns: [
      { name: 'band_decay', rows: 8, unit: times, description: 'How long each of these groups takes from its peak to 20 dB below' },
    ],
  },
  {
    group: 'contrast',
    columns: [
      {
        name: 'contrast',
        rows: 8,
        unit: 'dB',
        description: 'How much the contrast of peaks and valleys in eight octave bands changes over time',
      },
    ],
  },
];

/** The entries of these groups in their order, each with its unit and what it measures. */
export function soundEntries(groups: readonly SoundGroup[]): (FeatureNote & { name: string; group: string })[] {
  return groups.flatMap(({ group, columns }) =>
    columns.flatMap(({ name, rows, unit, description }) =>
      Array.from({ length: rows ?? 1 }, (_, row) => ({ name: rows === undefined ? name : `${name}_${row}`, group, unit, description })),
    ),
  );
}
