import { Random } from '../random.js';
import type { TrainingData } from '../training/training.js';

const centres = new Random(7, 'centres');
const scaleOf = (column: number) => 10 ** (column % 5);
const centreOf = (label: number, column: number, columns: number) =>
  100 * column + scaleOf(column) * centres.normal(label * columns + column);

/** The best that can be done: whose centre is nearest. */
export function nearestCentre(row: Float32Array, labelCount: number): number {
  const distances = Array.from({ length: labelCount }, (_, label) =>
    row.reduce((sum, value, column) => sum + ((value - centreOf(label, column, row.length)) / scaleOf(column)) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}

/** Clouds of points around one centre a label, on scales far from 1: something that can be learned. */
export function blobs(rows: number, labelCount: number, columns: number, seed: number): TrainingData {
  const random = new Random(seed, 'blobs');
  const labels = Int32Array.from({ length: rows }, (_, row) => row % labelCount);
  const values = Float32Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return centreOf(labels[row]!, column, columns) + scaleOf(column) * random.normal(i);
  });
  return { shape: [columns], rows, labels, row: (index) => values.subarray(index * columns, (index + 1) * columns) };
}
