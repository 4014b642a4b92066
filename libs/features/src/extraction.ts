import type { Profile } from './profile.js';

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

/** The names of a vector profile's entries, in order. */
export function columnNames(profile: Profile): string[] {
  if (profile.output.kind === 'matrix') return [];
  return profile.output.columns.flatMap(({ name, of, take }) => {
    const rows =
      take === 'mean-of-all' || take === 'std-of-all'
        ? 1
        : of.feature === 'mfcc'
          ? of.coefficients
          : of.feature === 'log-mel'
            ? profile.mel.bands
            : of.feature === 'chroma'
              ? 12
              : 1;
    return rows === 1 ? [name] : Array.from({ length: rows }, (_, row) => `${name}_${row}`);
  });
}
