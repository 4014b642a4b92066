import { Matrix } from '../data/matrix.js';
import { Random } from '../random.js';
import { finish } from '../steps.js';
import { mapOf } from './map-of.js';
import { trustworthiness } from './trustworthiness.js';

/** Clusters in 40 dimensions, cluster by cluster. */
function clusters(count: number, of: number): Matrix {
  const random = new Random(3, 'clusters', count);
  return Matrix.of(
    Array.from({ length: count * of }, (_, row) =>
      Array.from({ length: 40 }, (_, i) => random.normal(40 * Math.floor(row / of) + i) + 0.5 * random.normal(1e6 + 40 * row + i)),
    ),
  );
}

const vectors = clusters(5, 20);
const distance = (place: Float32Array, a: number, b: number) =>
  Math.hypot(place[2 * a]! - place[2 * b]!, place[2 * a + 1]! - place[2 * b + 1]!);

describe('a map', () => {
  const map = finish(mapOf(vectors, { seed: 1 }));

  it('keeps neighbours together', () => {
    expect(map.landmarks).toBe(100);
    expect(map.trustworthiness).toBeGreaterThanOrEqual(0.9);
    const nearest = Array.from({ length: 100 }, (_, a) =>
      [...Array(100).keys()]
        .filter((b) => b !== a)
        .reduce((best, b) => (distance(map.place, a, b) < distance(map.place, a, best) ? b : best)),
    );
    expect(nearest.filter((b, a) => Math.floor(a / 20) === Math.floor(b / 20)).length).toBeGreaterThanOrEqual(97);
  });

  it('fills the square from −1 to 1, its longer axis wholly', () => {
    expect(map.place.every((value) => Math.abs(value) <= 1)).toBe(true);
    expect(Math.max(...map.place.map(Math.abs))).toBeCloseTo(1);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(finish(mapOf(vectors, { seed: 1 })).place).toEqual(map.place);
    expect(finish(mapOf(vectors, { seed: 2 })).place).not.toEqual(map.place);
  });

  it('places what is beyond its landmarks among its neighbours', () => {
    const large = finish(mapOf(vectors, { seed: 1, landmarks: 60 }));
    expect(large.landmarks).toBe(60);
    expect(large.trustworthiness).toBeGreaterThanOrEqual(0.9);
    expect(large.place.every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['nothing', []],
    ['one', [[1, 2]]],
    ['two', [[1, 2], [2, 1]]], // biome-ignore format: as a table
    ['copies of one', Array.from({ length: 40 }, () => [1, 2])],
    ['silence', Array.from({ length: 40 }, () => [0, 0])],
  ])('of %s is finite', (_, rows) => {
    const { place } = finish(mapOf(Matrix.of(rows), { seed: 1 }));
    expect(place).toHaveLength(2 * rows.length);
    expect(place.every(Number.isFinite)).toBe(true);
  });
});

describe('trustworthiness', () => {
  const of = (place: Float32Array, k = 10) => finish(trustworthiness(vectors, place, { k, seed: 1 }));

  it('is 1 of a map that is the truth', () => {
    const line = Matrix.of(Array.from({ length: 50 }, (_, i) => [Math.cos(i / 50), Math.sin(i / 50)]));
    expect(finish(trustworthiness(line, line.values, { k: 5, seed: 1 }))).toBe(1);
  });

  it('is what the formula says where two that lie together are none', () => {
    const at = (i: number) => 1.1 ** i / 4; // each is nearest to the one before
    const line = Matrix.of(Array.from({ length: 12 }, (_, i) => [Math.cos(at(i)), Math.sin(at(i))]));
    const place = Float32Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? at(i / 2) : 0));
    place[0] = at(11) + 0.01; // the first lies by the last: in truth each has rank 11 for the other, and the second lost its nearest
    const beyond = 11 - 1 + (11 - 1) + (2 - 1);
    expect(finish(trustworthiness(line, place, { k: 1, seed: 1 }))).toBeCloseTo(1 - (2 / (12 * 1 * (24 - 3 - 1))) * beyond, 9);
  });

  it('is about a half of a map that means nothing', () => {
    const random = new Random(9, 'nothing');
    const value = of(Float32Array.from({ length: 200 }, (_, i) => random.normal(i)));
    expect(value).toBeGreaterThan(0.4);
    expect(value).toBeLessThan(0.6);
  });

  it('is not known of too few points', () => {
    expect(finish(trustworthiness(vectors.take([0, 1]), new Float32Array(4), { k: 15, seed: 1 }))).toBeNull();
  });
});
