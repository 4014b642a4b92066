import { Matrix } from '../data/matrix.js';
import type { Embedder } from '../embedders/embedder.js';
import { Random } from '../random.js';
import { finish } from '../steps.js';
import { anomaliesByForest } from './anomalies-by-forest.js';
import { findAnomalies } from './find-anomalies.js';

const columns = [...Array.from({ length: 30 }, (_, i) => `timbre_${i}`), 'peak_level', 'clipping', 'flatness', 'active_share', 'duration'];
const place = (feature: string) => columns.indexOf(feature);
const [clips, genres] = [300, 5];

interface Planted {
  row: number;
  what: string;
  /** The features of which one must be named. */
  changed: string[];
}

/** Five genres, each with a place of its own in 30 dimensions of unlike units; sound as it should be, but for what is planted. */
function library(seed: number, plant: (vectors: Matrix, groups: Int32Array, random: Random) => Planted[]) {
  const random = new Random(seed, 'library');
  const vectors = new Matrix(new Float32Array(clips * columns.length), clips, columns.length);
  const groups = Int32Array.from({ length: clips }, (_, row) => row % genres);
  const centre = new Random(7, 'genres');
  for (let row = 0; row < clips; row++) {
    const vector = vectors.row(row);
    for (let i = 0; i < 30; i++) vector[i] = 10 ** (i % 4) * (1.5 * centre.normal(40 * groups[row]! + i) + random.normal(40 * row + i));
    vector[place('peak_level')] = -4 + random.normal(40 * row + 31);
    vector[place('clipping')] = 0.03 + 0.01 * random.uniform(80 * row + 64);
    vector[place('flatness')] = -3 + 0.3 * random.normal(40 * row + 33);
    vector[place('active_share')] = 0.3 + 0.1 * random.normal(40 * row + 34);
    vector[place('duration')] = Math.log2(1.5 + random.uniform(80 * row + 70));
  }
  return { vectors, groups, planted: plant(vectors, groups, new Random(seed, 'plant')) };
}

/** One each of broken (two features far off), silent, of the wrong genre, clipped. */
function plantFour(vectors: Matrix, groups: Int32Array, random: Random): Planted[] {
  const [broken, silent, stranger, clipped] = [...random.permutation(clips).subarray(0, 4)] as [number, number, number, number];
  const pair = [random.below(1_000, 30), random.below(1_001, 30)];
  for (const i of pair) vectors.row(broken)[i]! += 10 ** (i % 4) * 12;
  vectors.row(silent)[place('peak_level')] = -120;
  groups[stranger] = (groups[stranger]! + 1 + random.below(1_002, genres - 1)) % genres;
  vectors.row(clipped)[place('clipping')] = 0.5;
  vectors.row(clipped)[place('peak_level')] = -0.1;
  return [
    { row: broken, what: 'broken', changed: pair.map((i) => columns[i]!) },
    { row: silent, what: 'silent', changed: ['peak_level'] },
    { row: stranger, what: 'stranger', changed: columns.slice(0, 30) },
    { row: clipped, what: 'clipped', changed: ['clipping'] },
  ];
}

const found = (seed: number) => {
  const { planted, ...collection } = library(seed, plantFour);
  const anomalies = finish(findAnomalies({ ...collection, columns }, { explained: clips, seed }));
  return { anomalies, planted, of: (row: number) => anomalies.find((anomaly) => anomaly.row === row)! };
};

describe('finding anomalies', () => {
  it('has planted ones in the top decile, and names the feature that was changed first', () => {
    const draws = Array.from({ length: 10 }, (_, seed) => found(seed)).flatMap(({ planted, of }) =>
      planted.map((one) => ({ ...one, anomaly: of(one.row) })),
    );
    const inTop = draws.filter(({ anomaly }) => anomaly.rank <= clips / 10);
    expect(inTop.length / draws.length).toBeGreaterThanOrEqual(0.9);
    const named = draws.filter(({ anomaly, changed }) => changed.includes(anomaly.reasons[0]!.feature));
    expect(named.map(({ what }) => what)).toHaveLength(draws.length);
  });

  it('says by which rule something is broken, and that a stranger is one among its genre', () => {
    const { planted, of } = found(1);
    const [broken, silent, stranger, clipped] = planted.map(({ row }) => of(row));
    expect([silent?.faults, clipped?.faults, broken?.faults]).toEqual([['silent'], ['clipped'], []]);
    expect(Math.max(silent!.rank, clipped!.rank)).toBe(2);
    expect(stranger).toMatchObject({ among: 'group', rankInGroup: expect.any(Number) });
    expect(stranger!.score).toBeGreaterThan(1.5);
    expect(silent!.reasons[0]).toMatchObject({ feature: 'peak_level', value: -120, usual: expect.closeTo(-3, -1) });
  });

  it('ranks everything once, over all and in each genre', () => {
    const { anomalies } = found(2);
    expect(anomalies.map(({ rank }) => rank)).toEqual(Array.from({ length: clips }, (_, i) => i + 1));
    expect(new Set(anomalies.map(({ row }) => row)).size).toBe(clips);
    const inFirst = anomalies.filter(({ row }) => row % genres === 0).map(({ rankInGroup }) => rankInGroup!);
    expect(inFirst.toSorted((a, b) => a - b)).toEqual(inFirst);
    const unbroken = anomalies.filter(({ faults }) => faults.length === 0).map(({ score }) => score);
    expect(unbroken).toEqual(unbroken.toSorted((a, b) => b - a));
  });

  it('does the same without genres, without the descriptors of the rules, and among a sample of references', () => {
    const { vectors } = library(3, () => []);
    vectors.row(5)[3]! += 1e6;
    const unnamed = columns.map((_, i) => `x${i}`);
    const groups = new Int32Array(clips).fill(-1);
    const all = finish(findAnomalies({ vectors, columns: unnamed, groups }, { explained: 2, seed: 1, references: 100 }));
    const [first, second] = all;
    expect(first).toMatchObject({ row: 5, rank: 1, rankInGroup: null, among: 'all', faults: [] });
    expect(first!.reasons[0]).toMatchObject({ feature: 'x3', deviation: expect.closeTo(20, -1) });
    expect(second!.score).toBeLessThan(first!.score);
    expect(all).toHaveLength(clips);
    expect(all[2]!.reasons).toEqual([]);
  });

  it('tells groups apart by the directions of an embedder, where one is given', () => {
    // Genres differ in two features that are as loud as forty others, in which everything differs from everything.
    const random = new Random(3, 'directions');
    const groups = Int32Array.from({ length: 200 }, (_, row) => row % 4);
    const vectors = Matrix.of(
      Array.from({ length: 200 }, (_, row) =>
        Array.from(
          { length: 42 },
          (_, i) => random.normal(42 * row + i) * (i < 2 ? 0.2 : 1) + (i < 2 ? Math.cos((Math.PI / 2) * (groups[row]! - i)) : 0),
        ),
      ),
    );
    const wrong = [10, 57, 121, 188];
    for (const row of wrong) groups[row] = (groups[row]! + 2) % 4;
    const columns = Array.from({ length: 42 }, (_, i) => `x${i}`);
    const embedder: Embedder = {
      ...{ name: 'two', profile: 'two', metric: 'cosine', dimensions: 2, ranksAgain: false },
      embed: (vector) => vector.slice(0, 2).map((x) => x / Math.hypot(vector[0]!, vector[1]!)),
    };
    const first = (given?: Embedder) => {
      const all = finish(findAnomalies({ vectors, columns, groups }, { explained: 1, seed: 1, embedder: given }));
      return all.slice(0, wrong.length).map(({ row }) => row);
    };
    expect(first(embedder).sort((a, b) => a - b)).toEqual(wrong);
    expect(first().filter((row) => wrong.includes(row)).length).toBeLessThan(wrong.length);
  });

  it('finds everything as usual where all are the same, or of a group of one', () => {
    const vectors = Matrix.of([[1, 2], [1, 2], [1, 2]]); // biome-ignore format: as a table
    const groups = Int32Array.from([0, 0, 1]);
    const anomalies = finish(findAnomalies({ vectors, columns: ['a', 'b'], groups }, { explained: 9, seed: 1 }));
    expect(anomalies.map(({ score }) => score)).toEqual([0, 0, 0]);
  });

  it('is the same for the same seed, and refuses one clip and numbers that are none', () => {
    expect(found(4).anomalies).toEqual(found(4).anomalies);
    const of = (rows: number[][]) => ({ vectors: Matrix.of(rows), columns: ['a'], groups: new Int32Array(rows.length) });
    expect(() => finish(findAnomalies(of([[1]]), { explained: 1, seed: 1 }))).toThrow('TRAINING_DATA_UNFIT');
    expect(() => finish(findAnomalies(of([[1], [Number.NaN]]), { explained: 1, seed: 1 }))).toThrow('TRAINING_DATA_UNFIT');
  });
});

describe('anomalies by an isolation forest', () => {
  it('rank by its scores alone, and are explained by their neighbours', () => {
    const { vectors, groups } = library(5, () => []);
    for (let i = 0; i < 30; i += 2) vectors.row(7)[i]! += 10 ** (i % 4) * 12;
    const all = finish(anomaliesByForest({ vectors, columns, groups }, { explained: 1, seed: 1 }));
    expect(all.map(({ score }) => score)).toEqual(all.map(({ score }) => score).toSorted((a, b) => b - a));
    expect(all[0]).toMatchObject({ row: 7, rank: 1, rankInGroup: 1, among: 'all', faults: [] });
    expect(all[0]!.reasons.every(({ feature }) => Number(feature.replace('timbre_', '')) % 2 === 0)).toBe(true);
    expect([all[0]!.reasons.length, all[1]!.reasons.length]).toEqual([5, 0]);
  });
});
