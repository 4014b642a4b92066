import type { Change } from '../datasets/dataset-entries.js';

/** What the library says of a clip beside its label, which is the genre, and its group. What is left out stays as it is; null makes it unknown. */
export interface SampleFields {
  tags?: string[];
  licence?: string | null;
  author?: string | null;
  /** Where it comes from: the name of a pack, of a site. */
  source?: string | null;
  url?: string | null;
  metadata?: Record<string, unknown>;
}

export interface SampleChange extends Omit<Change, 'fold'>, SampleFields {}

/** A clip of the library. */
export interface SampleRow extends Required<SampleFields> {
  clipId: string;
  filename: string;
  sha256: string;
  sizeBytes: number;
  /** As it was measured by whoever computed something of the clip; null: nobody has yet. */
  durationSeconds: number | null;
  genre: string | null;
  group: string | null;
  /** Counts its changes, those of its entry in the dataset among them. */
  revision: number;
  addedAt: Date;
  updatedAt: Date;
}

export interface SampleFilter {
  genre?: string;
  /** It has all of them. */
  tags?: string[];
  licence?: string;
  author?: string;
  /** Stands in its name, in whichever case. */
  text?: string;
  minSeconds?: number;
  maxSeconds?: number;
  /** The hash of its bytes. */
  sha256?: string;
  /** It is one of these. */
  clipIds?: string[];
}

export interface WordCount {
  /** Null: nothing is known. */
  word: string | null;
  samples: number;
}

/** What is in the library; of words the most frequent ones. */
export interface SampleStats {
  samples: number;
  genres: WordCount[];
  tags: WordCount[];
  licences: WordCount[];
  authors: WordCount[];
  /** Of the samples that were measured. */
  durations: { samples: number; totalSeconds: number; shortestSeconds: number; medianSeconds: number; longestSeconds: number } | null;
}

const fieldNames = ['tags', 'licence', 'author', 'source', 'url', 'metadata'] as const satisfies (keyof SampleFields)[];

/** Only what belongs to the sample itself, and of that what is told. */
export function sampleFieldsOf(change: SampleChange): SampleFields {
  return Object.fromEntries(fieldNames.flatMap((name) => (change[name] === undefined ? [] : [[name, change[name]]])));
}
