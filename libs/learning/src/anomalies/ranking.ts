import type { SoundFault } from '@earshot/contracts';
import type { Matrix } from '../data/matrix.js';
import { RobustScaler } from '../data/robust-scaler.js';
import type { Steps } from '../steps.js';
import { type Reason, reasonsOf } from './reasons.js';
import type { FoundFault } from './sound-faults.js';

/** Vectors of a collection, with what their columns are called and to which group (a genre) each belongs; −1: to none. */
export interface GroupedVectors {
  vectors: Matrix;
  columns: readonly string[];
  groups: Int32Array;
}

export interface Anomaly {
  row: number;
  /** From 1, over all, and in its group; null without one. */
  rank: number;
  rankInGroup: number | null;
  score: number;
  /** Where it lies apart: among all, or among those of its group. */
  among: 'all' | 'group';
  faults: SoundFault[];
  /** What makes it unusual, most of all first; empty beyond the first ones, which alone are explained. */
  reasons: Reason[];
}

/** Of each row. */
export interface Scored {
  score: Float64Array;
  /** Whether its score is that among its group. */
  isOfGroup: Uint8Array;
  faults: FoundFault[][];
}

interface Explained {
  count: number;
  scaled: Matrix;
  /** Of a row those that it is compared with. */
  likesOf(row: number): Int32Array;
}

/** The rows with the greatest scores first, and before them what is broken. */
export function orderOf({ score, faults }: Pick<Scored, 'score' | 'faults'>): Int32Array {
  const rows = Int32Array.from(score, (_, row) => row);
  const isBroken = (row: number) => Number(faults[row]!.length > 0);
  return rows.sort((a, b) => isBroken(b) - isBroken(a) || score[b]! - score[a]! || a - b);
}

/** Everything once, in its order; the first ones with what makes them unusual. */
export function* ranked(collection: GroupedVectors, order: Int32Array, scored: Scored, explained: Explained): Steps<Anomaly[]> {
  const { vectors, columns, groups } = collection;
  const seen = new Map<number, number>();
  const anomalies: Anomaly[] = [];
  for (const row of order) {
    const group = groups[row]!;
    const rankInGroup = (seen.get(group) ?? 0) + 1;
    seen.set(group, rankInGroup);
    const found = scored.faults[row]!;
    const isExplained = anomalies.length < explained.count;
    anomalies.push({
      row,
      rank: anomalies.length + 1,
      rankInGroup: group < 0 ? null : rankInGroup,
      score: scored.score[row]!,
      among: scored.isOfGroup[row] ? 'group' : 'all',
      faults: found.map(({ fault }) => fault),
      reasons: isExplained
        ? reasonsOf({
            vectors,
            scaled: explained.scaled,
            columns,
            row,
            likes: explained.likesOf(row),
            first: found.map(({ feature }) => feature),
          })
        : [],
    });
    if (isExplained) yield anomalies.length / Math.min(explained.count, order.length);
  }
  return anomalies;
}

/** Distances in these are not decided by a column's unit, nor by what is broken. */
export function robustlyScaled(vectors: Matrix): Matrix {
  const scaler = RobustScaler.fit(vectors);
  const scaled = vectors.take(Int32Array.from({ length: vectors.rows }, (_, row) => row));
  for (let row = 0; row < scaled.rows; row++) scaler.apply(scaled.row(row), scaled.row(row));
  return scaled;
}
