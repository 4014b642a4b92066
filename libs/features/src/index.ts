export { costMsPerSecond } from './cost.js';
export { type ExtractOptions, extract } from './extract.js';
export { columnNames, type Extraction } from './extraction.js';
export type { FeatureNote } from './feature-note.js';
export { entryNotes } from './feature-notes.js';
export { type PcmSource, pcmInMemory } from './pcm-source.js';
export {
  type Column,
  defineProfile,
  type FeatureSpec,
  hasOneLength,
  type Profile,
  type ProfileDefinition,
  profileDefinition,
} from './profile.js';
export { electro45, getProfile, logmel128, mfcc49x40, profiles, sound97, speech40, talent37 } from './profiles.js';
export { type Interval, joined, type SilenceRule } from './silence-split.js';
export { printLikeness, printSketch, sketchLength, sketchShifts, soundPrint, soundPrintRate } from './sound-print.js';
export type { Spool } from './spool.js';
