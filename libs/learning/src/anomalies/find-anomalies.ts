import { EarshotError } from '@earshot/contracts';
import { checkFinite, Matrix } from '../data/matrix.js';
import { RobustScaler } from '../data/robust-scaler.js';
import { directionsOf } from '../embedders/directions-of.js';
import type { Embedder } from '../embedders/embedder.js';
import { Random } from '../random.js';
import { type Steps, stretch } from '../steps.js';
import { meanDistance, type Near, neighboursAmong } from './neighbours-among.js';
import { type Anomaly, type GroupedVectors, orderOf, ranked, robustlyScaled } from './ranking.js';
import { faultRules } from './sound-faults.js';

export interface AnomalySettings {
  /** Of how many is said what makes them unusual. */
  explained: number;
  /** Default 10. */
  neighbours?: number;
  /** Beyond so many, neighbours are looked for among as many drawn by the seed. Default 20,000. */
  references?: number;
  seed: number;
  /** By whose directions groups are told apart; by default by the scaled vectors. */
  embedder?: Embedder;
}

/** So few tell of a genre: it may have kinds of its own that are unlike each other. */
const neighboursOfGroup = 3;

/**
 * Ranks a collection by how little each belongs to it. First comes what is broken by a rule (`sound-faults.ts`), then the greater of two
 * numbers, each as (x − median) / interquartile range over the collection:
 *
 *     far      = mean distance to the 10 nearest, of vectors that are scaled robustly
 *     astray   = g / (g + o)        g, o: mean distance to the 3 nearest of its own group, and to the 3 nearest of all others,
 *                                   of directions by an embedder
 *
 * Distances are Euclidean. Directions tell sounds apart as searches do, and would hide silence and clipping. So a sound that is like many
 * others, but of another genre, stands out too.
 */
export function* findAnomalies(collection: GroupedVectors, settings: AnomalySettings): Steps<Anomaly[]> {
  const { vectors, columns, groups } = collection;
  const { explained, neighbours = 10, references = 20_000, seed, embedder } = settings;
  checkVectors(collection);
  const scaled = robustlyScaled(vectors);
  const everyone = Int32Array.from(groups, (_, row) => row);
  const among = drawn(everyone, references, seed);
  const nearest = yield* stretch(neighboursAmong(scaled, everyone, among, neighbours), 0, 0.4);
  const directions = embedder === undefined ? scaled : yield* stretch(directionsOf(vectors, embedder), 0.4, 0.45);
  const { ofGroup, ofOthers } = yield* stretch(nearestOfEach(directions, groups, among, neighbours), 0.45, 0.9);
  const far = overTheUsual(nearest.map(meanDistance));
  const astray = overTheUsual(ofGroup.map((own, row) => astrayOf(own, ofOthers[row]!)));
  const isOfGroup = Uint8Array.from(far, (value, row) => Number(astray[row]! > value));
  const score = far.map((value, row) => (isOfGroup[row] ? astray[row]! : value));
  const faultsOf = faultRules(columns) ?? (() => []);
  const scored = { score, isOfGroup, faults: Array.from(score, (_, row) => faultsOf(vectors.row(row))) };
  const likesOf = (row: number) => Int32Array.from((isOfGroup[row] ? ofGroup : nearest)[row]!, (near) => near.row);
  return yield* stretch(ranked(collection, orderOf(scored), scored, { count: explained, scaled, likesOf }), 0.9, 1);
}

export function checkVectors({ vectors }: GroupedVectors): void {
  if (vectors.rows < 2) throw new EarshotError('TRAINING_DATA_UNFIT', `${vectors.rows} clips have nothing to be compared with`);
  checkFinite(vectors);
}

/** Some of the rows, in ascending order. */
export function drawn(rows: Int32Array, most: number, seed: number): Int32Array {
  return new Random(seed, 'references').shuffle(rows.slice()).subarray(0, most).sort();
}

/** Of each row the nearest of its own group (none without one) and of all that are not in it, among some. */
function* nearestOfEach(
  directions: Matrix,
  groups: Int32Array,
  among: Int32Array,
  neighbours: number,
): Steps<{ ofGroup: Near[][]; ofOthers: Near[][] }> {
  const ofGroup: Near[][] = Array.from(groups, () => []);
  const ofOthers: Near[][] = Array.from(groups, () => []);
  let done = 0;
  for (const [group, rows] of membersOf(groups)) {
    const [from, to] = [done / groups.length, (done + rows.length) / groups.length];
    done += rows.length;
    const own = group < 0 ? new Int32Array() : among.filter((row) => groups[row] === group);
    const others = group < 0 ? among : among.filter((row) => groups[row] !== group);
    const middle = from + ((to - from) * own.length) / among.length;
    const amongOwn = yield* stretch(neighboursAmong(directions, rows, own, neighbours), from, middle);
    const amongOthers = yield* stretch(neighboursAmong(directions, rows, others, neighbours), middle, to);
    rows.forEach((row, i) => {
      ofGroup[row] = amongOwn[i]!;
      ofOthers[row] = amongOthers[i]!;
    });
  }
  return { ofGroup, ofOthers };
}

function membersOf(groups: Int32Array): Map<number, Int32Array> {
  const rows = new Map<number, number[]>();
  groups.forEach((group, row) => {
    const of = rows.get(group);
    if (of) of.push(row);
    else rows.set(group, [row]);
  });
  return new Map([...rows].map(([group, of]) => [group, Int32Array.from(of)]));
}

/** A half, as if it did not matter, where there is nobody to compare with on one side, or all lie at the same place. */
function astrayOf(own: readonly Near[], others: readonly Near[]): number {
  const [g, o] = [own, others].map((near) => meanDistance(near.slice(0, neighboursOfGroup))) as [number, number];
  return own.length > 0 && others.length > 0 && g + o > 0 ? g / (g + o) : 0.5;
}

/** How many interquartile ranges a number is above the median of all. */
function overTheUsual(values: readonly number[]): Float64Array {
  const column = new Matrix(Float32Array.from(values), values.length, 1);
  const { median, scale } = RobustScaler.fit(column);
  return Float64Array.from(values, (value) => (value - median[0]!) / scale[0]!);
}
