import { EarshotError } from '@earshot/contracts';
import { chromaRows } from './chroma.js';
import { type FeatureSpec, isSoundProfile, isSpeechProfile, type Profile } from './profile.js';
import { remembered } from './remembered.js';

/** What a profile makes of a clip. */
export interface Extraction {
  /** `name@version`. */
  profile: string;
  /** The profile's hash. */
  hash: string;
  /** [length] of a vector, [rows, frames] of a matrix (row-major). */
  shape: number[];
  /** The names of a vector's entries in order; a matrix has none. */
  columns: string[];
  values: Float32Array;
}

const known = new WeakMap<Profile, string[]>();

/** The names of a vector profile's entries, in order. */
export function columnNames(profile: Profile): string[] {
  return remembered(known, profile, () => namesOf(profile)).slice();
}

function namesOf(profile: Profile): string[] {
  if (isSpeechProfile(profile) || profile.output.kind === 'matrix') return [];
  if (isSoundProfile(profile)) return profile.output.columns.map(({ name }) => name);
  const { output, mel } = profile;
  return output.columns.flatMap(({ name, of, take }) => {
    const rows = take === 'mean' || take === 'std' ? rowsOf(of, mel.bands) : 1;
    return rows === 1 ? [name] : Array.from({ length: rows }, (_, row) => `${name}_${row}`);
  });
}

function rowsOf(of: FeatureSpec, bands: number): number {
  if (of.feature === 'mfcc') return of.coefficients;
  if (of.feature === 'log-mel') return bands;
  return of.feature === 'chroma' ? chromaRows : 1;
}

/** The values of a vector, if all of them are numbers. Throws `FEATURE_NOT_COMPUTABLE` with the name of the first that is none. */
export function finiteValues(profile: string, values: Float32Array, columns: readonly string[]): Float32Array {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw new EarshotError('FEATURE_NOT_COMPUTABLE', `${columns[i]} of ${profile} is ${values[i]}`);
  }
  return values;
}
