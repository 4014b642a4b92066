import { Matrix, Random } from '@earshot/learning';

/** Rows for the bench, of 45 columns like `electro-45`, with a label each. */
export interface Sounds {
  matrix: Matrix;
  labels: Int32Array;
}

export const columns = 45;
export const labelCount = 6;
const informative = 12;
const anomalousShare = 0.05;

/** Six labels of two clusters each, which overlap in twelve columns; the other columns are noise. */
export function labelledSounds(rows: number, seed: number): Sounds {
  const clusters = Array.from({ length: 2 * labelCount }, (_, cluster) => {
    const random = new Random(1, 'cluster', cluster);
    const centre = Array.from({ length: informative }, (_, i) => (random.uniform(i) < 0.5 ? -1 : 1));
    const mixing = Array.from({ length: informative ** 2 }, (_, i) => 2 * random.uniform(100 + i) - 1);
    return { centre, mixing };
  });
  const random = new Random(seed, 'labelled sounds');
  const labels = new Int32Array(rows);
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const drawn = random.below(2 ** 31 + row, clusters.length);
    const { centre, mixing } = clusters[drawn]!;
    labels[row] = drawn % labelCount;
    const noise = Array.from({ length: columns }, (_, i) => random.normal(row * columns + i));
    for (let i = 0; i < columns; i++) {
      const isNoise = i >= informative;
      const mixed = () =>
        mixing.slice(i * informative, (i + 1) * informative).reduce((sum, weight, j) => sum + weight * noise[j]!, centre[i]!);
      values[row * columns + i] = isNoise ? noise[i]! : mixed();
    }
  }
  return { matrix: new Matrix(values, rows, columns), labels };
}

/** Three clusters, and 5 % that lie apart (label 1), half as far again from the middle. */
export function soundsWithAnomalies(rows: number, seed: number): Sounds {
  const centres = new Random(1, 'ordinary');
  const random = new Random(seed, 'anomalies');
  const labels = Int32Array.from({ length: rows }, (_, row) => (random.uniform(2 ** 31 + row) < anomalousShare ? 1 : 0));
  const values = Float32Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const cluster = random.below(2 ** 30 + row, 3);
    const spread = labels[row] === 1 ? 1.25 : 1;
    return centres.normal(cluster * columns + column) + spread * random.normal(i);
  });
  return { matrix: new Matrix(values, rows, columns), labels };
}
