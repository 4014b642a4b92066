import { EarshotError } from '@earshot/contracts';
import { checkFinite } from '../data/matrix.js';
import { quantile } from '../measures/intervals.js';
import { Random } from '../random.js';
import { type Steps, stretch } from '../steps.js';
import { neighboursAmong } from './neighbours-among.js';
import { type Anomaly, type Collection, orderOf, ranked, robustlyScaled } from './ranking.js';
import { faultRules } from './sound-faults.js';

export interface AnomalySettings {
  /** Of how many is said what makes them unusual. */
  explained: number;
  /** Default 10. */
  neighbours?: number;
  /** Beyond so many, neighbours are looked for among as many drawn by the seed. Default 20,000. */
  references?: number;
  seed: number;
}

/**
 * Ranks a collection by how little each belongs to it. First comes what is broken by a rule (`sound-faults.ts`), then
 *
 *     score = max(d_all / median d_all, d_group / median d_group of its group)
 *
 * where d is the mean Euclidean distance to the 10 nearest others, among all or among those of the same group, of vectors that are scaled
 * robustly: unit vectors would hide silence and clipping. So a sound that is like many others, but like none of its own genre, stands out too.
 */
export function* findAnomalies(collection: Collection, settings: AnomalySettings): Steps<Anomaly[]> {
  const { vectors, columns, groups } = collection;
  const { explained, neighbours = 10, references = 20_000, seed } = settings;
  checkCollection(collection);
  const scaled = robustlyScaled(vectors);
  const everyone = Int32Array.from({ length: vectors.rows }, (_, row) => row);
  const amongAll = yield* stretch(neighboursAmong(scaled, everyone, drawn(everyone, references, seed), neighbours), 0, 0.6);
  const score = overTheMedian(amongAll.meanDistance);
  const likes = amongAll.nearest;
  const isOfGroup = new Uint8Array(vectors.rows);
  let done = 0;
  for (const rows of membersOf(groups)) {
    const from = 0.6 + (0.3 * done) / vectors.rows;
    done += rows.length;
    if (rows.length < 2) continue;
    const to = 0.6 + (0.3 * done) / vectors.rows;
    const amongGroup = yield* stretch(neighboursAmong(scaled, rows, drawn(rows, references, seed), neighbours), from, to);
    overTheMedian(amongGroup.meanDistance).forEach((inGroup, i) => {
      const row = rows[i]!;
      if (inGroup <= score[row]!) return;
      score[row] = inGroup;
      likes[row] = amongGroup.nearest[i]!;
      isOfGroup[row] = 1;
    });
  }
  const faultsOf = faultRules(columns) ?? (() => []);
  const scored = { score, isOfGroup, faults: Array.from(everyone, (row) => faultsOf(vectors.row(row))) };
  const order = orderOf(scored);
  return yield* stretch(ranked(collection, order, scored, { count: explained, scaled, likesOf: (row) => likes[row]! }), 0.9, 1);
}

export function checkCollection({ vectors }: Collection): void {
  if (vectors.rows < 2) throw new EarshotError('TRAINING_DATA_UNFIT', `${vectors.rows} clips have nothing to be compared with`);
  checkFinite(vectors);
}

/** Some of the rows, in ascending order. */
export function drawn(rows: Int32Array, most: number, seed: number): Int32Array {
  return new Random(seed, 'references').shuffle(rows.slice()).subarray(0, most).sort();
}

/** The rows of each group. */
function membersOf(groups: Int32Array): Int32Array[] {
  const rows = new Map<number, number[]>();
  groups.forEach((group, row) => {
    if (group < 0) return;
    const of = rows.get(group);
    if (of) of.push(row);
    else rows.set(group, [row]);
  });
  return [...rows.values()].map((of) => Int32Array.from(of));
}

/** 1 where all are at the same place. */
function overTheMedian(distances: Float64Array): Float64Array {
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  const usual = quantile(distances.toSorted(), 0.5) || mean;
  return distances.map((distance) => (usual > 0 ? distance / usual : 1));
}
