import { Matrix } from '../data/matrix.js';
import { Random } from '../random.js';
import { finish } from '../steps.js';
import { exactNeighbours, type Metric } from './exact-neighbours.js';

const random = new Random(5, 'neighbours spec');
const points = Matrix.of(Array.from({ length: 3_000 }, (_, row) => Array.from({ length: 13 }, (_, i) => random.normal(13 * row + i))));

/** As it is written in a book. */
function nearestOf(query: Float32Array, metric: Metric, without = -1): { point: number; distance: number }[] {
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const distances = {
    euclidean: (a: Float32Array, b: Float32Array) => Math.hypot(...a.map((x, i) => x - b[i]!)),
    cosine: (a: Float32Array, b: Float32Array) => 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)),
  };
  return Array.from({ length: points.rows }, (_, point) => ({ point, distance: distances[metric](query, points.row(point)) }))
    .filter(({ point }) => point !== without)
    .sort((a, b) => a.distance - b.distance);
}

describe('exact neighbours', () => {
  it.each(['cosine', 'euclidean'] as const)('are those of a sort of all points, by %s distance', (metric) => {
    const { k, index, distance } = finish(exactNeighbours(points, { k: 10, metric }));
    expect(k).toBe(10);
    for (const query of [0, 63, 64, 2_047, 2_048, 2_999]) {
      const expected = nearestOf(points.row(query), metric, query).slice(0, 10);
      expect([...index.subarray(query * 10, query * 10 + 10)]).toEqual(expected.map(({ point }) => point));
      for (const [i, of] of expected.entries()) expect(distance[query * 10 + i]).toBeCloseTo(of.distance, 5);
    }
  });

  it('are found for other queries, a point itself first', () => {
    const { index, distance } = finish(exactNeighbours(points, { k: 3, metric: 'cosine', queries: points.take([77, 1_500]) }));
    expect([index[0], index[3]]).toEqual([77, 1_500]);
    expect([distance[0], distance[3]]).toEqual([0, 0]);
  });

  it('are fewer where there are fewer points, equal ones in their order, and none of nothing', () => {
    const same = Matrix.of([[1, 2], [1, 2], [1, 2], [2, 1]]); // biome-ignore format: as a table
    expect(finish(exactNeighbours(same, { k: 10, metric: 'euclidean' }))).toEqual({
      k: 3,
      index: Int32Array.from([1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2]),
      distance: Float32Array.from([0, 0, Math.SQRT2, 0, 0, Math.SQRT2, 0, 0, Math.SQRT2, Math.SQRT2, Math.SQRT2, Math.SQRT2]),
    });
    expect(finish(exactNeighbours(Matrix.of([[1]]), { k: 5, metric: 'cosine' })).k).toBe(0);
    expect(finish(exactNeighbours(Matrix.of([]), { k: 5, metric: 'cosine' })).index).toHaveLength(0);
  });

  it('are at a right angle from a row of zeros', () => {
    const withZero = Matrix.of([[0, 0], [1, 0]]); // biome-ignore format: as a table
    expect(finish(exactNeighbours(withZero, { k: 1, metric: 'cosine' })).distance).toEqual(Float32Array.from([1, 1]));
  });

  it('says how far it is, up to all of it', () => {
    const shares = [...exactNeighbours(points, { k: 1, metric: 'cosine' })];
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(90);
    expect(shares.at(-1)).toBe(1);
  });

  it('refuses queries of another length', () => {
    expect(() => finish(exactNeighbours(points, { k: 1, metric: 'cosine', queries: Matrix.of([[1]]) }))).toThrow(RangeError);
  });
});
