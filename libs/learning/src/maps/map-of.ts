import { Matrix } from '../data/matrix.js';
import { exactNeighbours, type Neighbours } from '../neighbours/exact-neighbours.js';
import { Random } from '../random.js';
import { type Steps, stretch } from '../steps.js';
import { fuzzyGraph, membershipsOf } from './fuzzy-graph.js';
import { arrange } from './layout.js';
import { principalPlane } from './principal-plane.js';
import { trustworthiness } from './trustworthiness.js';

export interface MapSettings {
  /** Default 15. */
  neighbours?: number;
  /** Beyond so many points a map is made of as many drawn by the seed, the landmarks, and the others are placed among them. Default 10,000. */
  landmarks?: number;
  seed: number;
}

export interface SoundMap {
  /** x and y of each point, one after the other; both axes from −1 to 1. */
  place: Float32Array;
  landmarks: number;
  /** Null where there are too few points for one. */
  trustworthiness: number | null;
}

/**
 * A map of vectors on which neighbours by cosine lie together: UMAP in two dimensions. It begins on the plane of greatest variance, so that
 * what is far apart stays on its side. The same vectors and seed give the same map.
 */
export function* mapOf(vectors: Matrix, { neighbours = 15, landmarks = 10_000, seed }: MapSettings): Steps<SoundMap> {
  const chosen = landmarksOf(vectors.rows, landmarks, seed);
  const drawn = vectors.take(chosen);
  const place = yield* stretch(placeLandmarks(drawn, neighbours, seed), 0, 0.8);
  const all = chosen.length === vectors.rows ? place : yield* stretch(placeAmong(vectors, chosen, place, neighbours), 0.8, 0.9);
  const trusted = yield* stretch(trustworthiness(vectors, all, { k: neighbours, seed }), 0.9, 1);
  return { place: all, landmarks: chosen.length, trustworthiness: trusted };
}

/** In ascending order. */
function landmarksOf(rows: number, most: number, seed: number): Int32Array {
  return new Random(seed, 'landmarks').permutation(rows).subarray(0, most).sort();
}

/** The first places reach so far from the middle. */
const firstReach = 10;

function* placeLandmarks(vectors: Matrix, neighbours: number, seed: number): Steps<Float32Array> {
  const found = yield* stretch(exactNeighbours(vectors, { k: neighbours, metric: 'cosine' }), 0, 0.3);
  const place = scaled(principalPlane(vectors), firstReach);
  const random = new Random(seed, 'first places'); // so that what is the same does not stay at one spot
  for (let i = 0; i < place.length; i++) place[i]! += 1e-3 * random.normal(i);
  if (found.k > 0) yield* stretch(arrange(place, fuzzyGraph(found), seed), 0.3, 1);
  return scaled(place, 1);
}

/** Landmarks where they are, every other point in the middle of its nearest landmarks, by how much it belongs to each. */
function* placeAmong(vectors: Matrix, landmarks: Int32Array, place: Float32Array, neighbours: number): Steps<Float32Array> {
  const isLandmark = new Uint8Array(vectors.rows);
  for (const row of landmarks) isLandmark[row] = 1;
  const others = Int32Array.from({ length: vectors.rows }, (_, row) => row).filter((row) => !isLandmark[row]);
  const queries = vectors.take(others);
  const found = yield* exactNeighbours(vectors.take(landmarks), { k: neighbours, metric: 'cosine', queries });
  const all = new Float32Array(2 * vectors.rows);
  landmarks.forEach((row, i) => {
    all.set(place.subarray(2 * i, 2 * i + 2), 2 * row);
  });
  others.forEach((row, query) => {
    all.set(middleOf(found, query, place), 2 * row);
  });
  return all;
}

function middleOf({ k, index, distance }: Neighbours, query: number, place: Float32Array): [number, number] {
  const membership = new Float32Array(k);
  membershipsOf(distance.subarray(query * k, (query + 1) * k), membership);
  let [x, y, sum] = [0, 0, 0];
  membership.forEach((weight, i) => {
    const landmark = index[query * k + i]!;
    x += weight * place[2 * landmark]!;
    y += weight * place[2 * landmark + 1]!;
    sum += weight;
  });
  return [x / sum, y / sum];
}

/** Moved to the middle of their ranges, the farther axis from −reach to reach, in place. */
function scaled(place: Float32Array, reach: number): Float32Array {
  const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const most = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  place.forEach((value, i) => {
    least[i % 2] = Math.min(least[i % 2]!, value);
    most[i % 2] = Math.max(most[i % 2]!, value);
  });
  const half = Math.max(most[0]! - least[0]!, most[1]! - least[1]!) / 2;
  for (let i = 0; i < place.length; i++) place[i] = half > 0 ? ((place[i]! - (least[i % 2]! + most[i % 2]!) / 2) * reach) / half : 0;
  return place;
}
