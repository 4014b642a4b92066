import { type Kernels, loadKernels } from '@earshot/kernels';
import { Matrix } from '../data/matrix.js';
import { room } from '../dense/room.js';
import type { Steps } from '../steps.js';
import { Nearest } from './nearest.js';

export type Metric = 'cosine' | 'euclidean';

/** Of each query the `k` nearest points, nearest first: those of query q stand from q · k on. */
export interface Neighbours {
  k: number;
  index: Int32Array;
  /** Euclidean, or 1 − cosine. */
  distance: Float32Array;
}

export interface NeighbourSearch {
  /** At most as many as there are other points. */
  k: number;
  metric: Metric;
  /** By default the points themselves, each without itself. */
  queries?: Matrix;
}

/**
 * The nearest points by looking at every one. Which they are is decided by products in f32, |q|² + |p|² − 2·q·p; their distances, by which
 * they are sorted (equal ones by index), are computed again in f64. Of cosines both sides are brought to unit length first, and a row of
 * zeros is as far from everything as a right angle.
 */
export function* exactNeighbours(points: Matrix, { k: wanted, metric, queries }: NeighbourSearch): Steps<Neighbours> {
  const isItself = queries === undefined;
  const k = Math.max(0, Math.min(wanted, points.rows - (isItself ? 1 : 0)));
  const stored = metric === 'cosine' ? unitRows(points) : points;
  const asked = queries === undefined ? stored : metric === 'cosine' ? unitRows(queries) : queries;
  if (asked.columns !== stored.columns) throw new RangeError(`Queries of ${asked.columns} columns among points of ${stored.columns}`);
  const index = new Int32Array(asked.rows * k);
  const distance = new Float32Array(asked.rows * k);
  if (k === 0) return { k, index, distance };
  const squares = squaredLengths(stored);
  const products = new Products(stored.columns);
  for (let first = 0; first < asked.rows; first += queriesAtOnce) {
    const some = Math.min(queriesAtOnce, asked.rows - first);
    const nearest = Array.from({ length: some }, () => new Nearest(k));
    products.setQueries(asked, first, some);
    for (let at = 0; at < stored.rows; at += pointsAtOnce) {
      const count = Math.min(pointsAtOnce, stored.rows - at);
      const table = products.with(stored, at, count);
      for (let q = 0; q < some; q++) {
        const row = table.subarray(q * room(pointsAtOnce), q * room(pointsAtOnce) + count);
        // |q|² is the same for all of them
        for (let p = 0; p < count; p++) if (!isItself || at + p !== first + q) nearest[q]!.offer(at + p, squares[at + p]! - 2 * row[p]!);
      }
      yield (first + (some * (at + count)) / stored.rows) / asked.rows;
    }
    nearest.forEach((found, q) => {
      const query = asked.row(first + q);
      found
        .indexes()
        .map((point) => ({ point, squared: squaredDistance(query, stored.row(point)) }))
        .sort((a, b) => a.squared - b.squared || a.point - b.point)
        .forEach(({ point, squared }, i) => {
          index[(first + q) * k + i] = point;
          distance[(first + q) * k + i] = metric === 'cosine' ? cosineDistance(query, stored.row(point), squared) : Math.sqrt(squared);
        });
    });
  }
  return { k, index, distance };
}

const queriesAtOnce = 64;
const pointsAtOnce = 2_048;

/** Copies of rows, of length 1; rows of zeros stay as they are. */
export function unitRows(matrix: Matrix): Matrix {
  const values = matrix.values.slice();
  for (let from = 0; from < values.length; from += matrix.columns) {
    const row = values.subarray(from, from + matrix.columns);
    const length = Math.sqrt(squaredLength(row));
    if (length > 0) for (let i = 0; i < row.length; i++) row[i] = row[i]! / length;
  }
  return new Matrix(values, matrix.rows, matrix.columns);
}

/** Of unit rows |a − b|² / 2 = 1 − cos, without the loss of digits that 1 − a·b has for what is nearly the same. */
function cosineDistance(a: Float32Array, b: Float32Array, squared: number): number {
  return squaredLength(a) === 0 || squaredLength(b) === 0 ? 1 : squared / 2;
}

export function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}

function squaredLength(row: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i]! * row[i]!;
  return sum;
}

function squaredLengths(matrix: Matrix): Float64Array {
  return Float64Array.from({ length: matrix.rows }, (_, row) => squaredLength(matrix.row(row)));
}

/** The products of some queries with some points, by the kernels of dense networks. */
class Products {
  private readonly kernels: Kernels = loadKernels();
  private readonly queries: number;
  private readonly points: number;
  private readonly panels: number;
  private readonly zeros: number;
  private readonly table: number;
  private count = 0;

  constructor(private readonly columns: number) {
    const { arena } = this.kernels;
    this.queries = arena.keep(4 * queriesAtOnce * columns);
    this.points = arena.keep(4 * pointsAtOnce * columns);
    this.panels = arena.keep(4 * room(pointsAtOnce) * columns);
    this.zeros = arena.keep(4 * room(pointsAtOnce));
    this.table = arena.keep(4 * room(pointsAtOnce) * queriesAtOnce);
    arena.f32(this.zeros, room(pointsAtOnce)).fill(0);
  }

  setQueries({ values, columns }: Matrix, first: number, count: number): void {
    this.count = count;
    this.kernels.arena.f32(this.queries, count * columns).set(values.subarray(first * columns, (first + count) * columns));
  }

  /** Queries × points, with a stride of `room(pointsAtOnce)`; valid until the next call. */
  with({ values, columns }: Matrix, first: number, count: number): Float32Array {
    const { run, arena } = this.kernels;
    arena.f32(this.points, count * columns).set(values.subarray(first * columns, (first + count) * columns));
    run.packPanels(this.points, 1, columns, columns, count, this.panels);
    const stride = room(pointsAtOnce);
    run.panelProduct(this.queries, columns, 1, this.panels, this.zeros, this.table, stride, this.count, count, this.columns, false);
    return arena.f32(this.table, this.count * stride);
  }
}
