import type { DrillLine } from '../drill/drill-log.js';
import type { StuckJob } from '../evidence/stuck.js';
import type { History } from '../load/history.js';
import type { LongLine } from '../long/long-log.js';
import type { UnexpectedEnd } from '../stack/supervised.js';

/** What a run has left, as data: the rules that judge it ask nobody. */
export interface Evidence {
  /** What callers were told. */
  history: History;
  /** What drill workers wrote down of their own work. */
  log: readonly DrillLine[];
  /** And of long tasks. */
  longLog: readonly LongLine[];
  /** What PostgreSQL holds at the end. */
  rows: Rows;
  /** What callers read at the end of the work that is owed to them. */
  read: readonly ReadWork[];
  /** And of the clips. */
  readClips: readonly ReadClip[];
  /** The library and its indexes, once these have followed. */
  library: LibraryRows;
  /** What is found by the sound of each sample. */
  finds: readonly Find[];
  /** Jobs that had not ended when the time after calm was over, and why nothing moves them. */
  stuck: readonly StuckJob[];
  unexpectedEnds: readonly UnexpectedEnd[];
  /** Processes that outlived their service, by their command lines. */
  outliving: readonly string[];
}

export interface Rows {
  jobs: readonly JobRow[];
  stages: readonly StageRow[];
  tasks: readonly TaskRow[];
  items: readonly ItemRow[];
  events: readonly EventRow[];
  aliases: readonly AliasRow[];
  /** Ended jobs with the fingerprint of their items, as `History.endedJobs`. */
  ended: ReadonlyMap<string, string>;
}

export interface JobRow {
  id: string;
  kind: string;
  state: string;
  total: number;
  succeeded: number;
  failed: number;
  events: number;
  finishedAtMs: number | null;
  /** Of the job as a whole. */
  result: unknown;
  /** The job whose task started it. */
  startedBy: string | null;
}

export interface AliasRow {
  name: string;
  target: string;
  version: number;
}

export interface StageRow {
  jobId: string;
  index: number;
  task: string;
  opened: number;
  tasks: number;
  remaining: number;
  openedAtMs: number | null;
}

export interface TaskRow {
  id: number;
  jobId: string;
  stageIndex: number;
  fromIndex: number;
  toIndex: number;
  state: string;
  attempt: number;
}

export interface ItemRow {
  jobId: string;
  index: number;
  /** The client's own name. */
  name: string | null;
  /** Of its clip. */
  filename: string | null;
  state: string;
  /** Of the execution that a drill's result says it is from. */
  nonce: string | null;
  by: number | null;
  code: string | null;
}

export interface EventRow {
  jobId: string;
  number: number;
  type: string;
}

/** The items of a job as its caller reads them; null: it got none. */
export interface ReadWork {
  jobId: string;
  status: number;
  items: readonly { filename: string; frames: number; durationSeconds: number; peak: number; vector: readonly number[] | null }[] | null;
}

export interface ReadClip {
  clipId: string;
  status: number;
  /** Whether the bytes are those that were uploaded. */
  isWhole: boolean;
}

export interface LibraryRows {
  samples: readonly { clipId: string; genre: string | null }[];
  versions: readonly IndexVersion[];
  /** What Chroma has. */
  collections: readonly { name: string; clipIds: readonly string[] }[];
}

export interface IndexVersion {
  embedder: string;
  collection: string;
  isLive: boolean;
  entries: readonly { clipId: string; wanted: boolean; isApplied: boolean }[];
}

/** What was found by the vector of a sample's sound, which is computed anew. */
export interface Find {
  clipId: string;
  embedder: string;
  first: string | null;
  distance: number | null;
  found: readonly string[];
}
