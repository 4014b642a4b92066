import { Matrix } from '../data/matrix.js';
import { squaredDistance, unitRows } from '../neighbours/exact-neighbours.js';
import { Nearest } from '../neighbours/nearest.js';
import { Random } from '../random.js';
import type { Steps } from '../steps.js';

interface Compared {
  /** Neighbours on the map that are looked at. */
  k: number;
  seed: number;
}

/** So many points are looked at at most, drawn by the seed; each is compared with all others. */
const pointsAsked = 1_000;

/**
 * Whether neighbours on a map are neighbours: 1 if the k nearest of each point there are among its k nearest by cosine, 0.5 and below if
 * they are any.
 *
 *     1 − 2 / (n·k·(2N − 3k − 1)) · Σ_i Σ_j max(0, rank_i(j) − k)        j: the k nearest of i on the map, rank 1 the nearest in truth
 *
 * N points, of which n are looked at. Null where N is too small for any error to be possible. Reference: Venna, Kaski 2001.
 */
export function* trustworthiness(points: Matrix, place: Float32Array, { k, seed }: Compared): Steps<number | null> {
  const all = points.rows;
  if (k < 1 || 2 * all - 3 * k - 1 <= 0) return null;
  const stored = unitRows(points);
  const map = new Matrix(place, all, 2);
  const asked = new Random(seed, 'trustworthiness').permutation(all).subarray(0, pointsAsked);
  const truth = new Float64Array(all);
  let beyond = 0;
  for (let i = 0; i < asked.length; i++) {
    const point = asked[i]!;
    for (let other = 0; other < all; other++) truth[other] = squaredDistance(stored.row(point), stored.row(other));
    truth[point] = Number.NEGATIVE_INFINITY;
    for (const near of nearestOnMap(map, point, k)) {
      let rank = 0; // how many are nearer, the point itself among them
      for (let other = 0; other < all; other++) {
        if (truth[other]! < truth[near]! || (truth[other] === truth[near] && other < near)) rank += 1;
      }
      beyond += Math.max(0, rank - k);
    }
    yield (i + 1) / asked.length;
  }
  return 1 - (2 / (asked.length * k * (2 * all - 3 * k - 1))) * beyond;
}

function nearestOnMap(map: Matrix, point: number, k: number): number[] {
  const nearest = new Nearest(k);
  for (let other = 0; other < map.rows; other++) if (other !== point) nearest.offer(other, squaredDistance(map.row(point), map.row(other)));
  return nearest.indexes();
}
