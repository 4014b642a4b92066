import type { Neighbours } from '../neighbours/exact-neighbours.js';

/** How much two points belong together, from 0 to 1; each pair stands once. */
export interface FuzzyGraph {
  points: number;
  from: Int32Array;
  to: Int32Array;
  weight: Float32Array;
}

/**
 * UMAP's fuzzy graph of nearest neighbours: of each point the nearest one belongs to it wholly, the others by how much farther they are,
 *
 *     m(i→j) = exp(−max(0, d_ij − ρ_i) / σ_i)        ρ_i = distance of the nearest that is not at the same place
 *     σ_i such that Σ_j m(i→j) = log₂ k
 *     w_ij = m(i→j) + m(j→i) − m(i→j)·m(j→i)
 *
 * Reference: McInnes, Healy, Melville 2018, sections 3.1 and 4.1.
 */
export function fuzzyGraph(neighbours: Neighbours): FuzzyGraph {
  const { k, index } = neighbours;
  const points = k === 0 ? 0 : index.length / k;
  const membership = new Float32Array(index.length);
  for (let point = 0; point < points; point++) {
    const distances = neighbours.distance.subarray(point * k, (point + 1) * k);
    membershipsOf(distances, membership.subarray(point * k, (point + 1) * k));
  }
  const [from, to, weight]: [number[], number[], number[]] = [[], [], []];
  const membershipIn = (point: number, other: number) => {
    for (let i = point * k; i < (point + 1) * k; i++) if (index[i] === other) return membership[i]!;
    return null;
  };
  for (let point = 0; point < points; point++) {
    for (let i = point * k; i < (point + 1) * k; i++) {
      const other = index[i]!;
      const there = membership[i]!;
      const back = membershipIn(other, point);
      if (back !== null && other < point) continue; // it stands already
      from.push(point);
      to.push(other);
      weight.push(back === null ? there : there + back - there * back);
    }
  }
  return { points, from: Int32Array.from(from), to: Int32Array.from(to), weight: Float32Array.from(weight) };
}

const halvings = 40;
/** σ is at least this share of the mean distance: where all neighbours are equally far no σ fits. */
const leastSpread = 1e-3;

/** m of the neighbours at these ascending distances. */
export function membershipsOf(distances: Float32Array, out: Float32Array): void {
  const wanted = Math.log2(distances.length);
  const nearest = distances.find((distance) => distance > 0) ?? 0;
  const sum = (sigma: number) => distances.reduce((all, distance) => all + Math.exp(-Math.max(0, distance - nearest) / sigma), 0);
  let [low, high] = [0, 1];
  while (sum(high) < wanted && high < 1e6) high *= 2;
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    if (sum(middle) < wanted) low = middle;
    else high = middle;
  }
  const mean = distances.reduce((all, distance) => all + distance, 0) / distances.length;
  const sigma = Math.max((low + high) / 2, leastSpread * mean, Number.MIN_VALUE);
  for (let i = 0; i < distances.length; i++) out[i] = Math.exp(-Math.max(0, distances[i]! - nearest) / sigma);
}
