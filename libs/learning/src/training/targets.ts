import { Random } from '../random.js';

/** What each label aims at: one row of `classes` values for each, with smoothing and class weights in it. */
export interface TargetTable {
  classes: number;
  values: Float32Array;
}

/**
 * Smoothing s gives the label 1 − s + s/classes and each other class s/classes (Szegedy et al. 2016); a class weight multiplies what its
 * class is aimed at.
 */
export function targetTable(classes: number, smoothing = 0, weights?: ArrayLike<number>): TargetTable {
  const values = Float32Array.from({ length: classes * classes }, (_, i) => {
    const [label, c] = [Math.floor(i / classes), i % classes];
    return ((label === c ? 1 - smoothing : 0) + smoothing / classes) * (weights?.[c] ?? 1);
  });
  return { classes, values };
}

/** The targets of rows with these labels, one after the other. */
export function targetsOf(
  { classes, values }: TargetTable,
  labels: ArrayLike<number>,
  out = new Float32Array(labels.length * classes),
): Float32Array {
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    for (let c = 0; c < classes; c++) out[row * classes + c] = values[label * classes + c]!;
  }
  return out;
}

/** How the rows of a batch are mixed: each with `share`, and with 1 − share of its partner. */
export interface Mix {
  share: number;
  partners: Int32Array;
}

/** Mixup (Zhang et al. 2018): one share a batch from Beta(alpha, alpha), 0 < alpha ≤ 1; depends on seed and step alone. */
export function mixOf(alpha: number, rows: number, seed: number, step: number): Mix {
  const random = new Random(seed, 'mixup', step);
  const partners = new Random(seed, 'mixup partners', step).permutation(rows);
  for (let i = 0; ; i += 2) {
    const [x, y] = [random.uniform(i) ** (1 / alpha), random.uniform(i + 1) ** (1 / alpha)]; // Jöhnk: x/(x + y) where x + y ≤ 1
    if (x + y > 0 && x + y <= 1) return { share: x / (x + y), partners };
  }
}

/** Mixes rows of `width` values, `stride` apart, in place. */
export function mixRows(values: Float32Array, { share, partners }: Mix, width: number, stride = width): void {
  const before = values.slice();
  for (let row = 0; row < partners.length; row++) {
    const [at, other] = [row * stride, partners[row]! * stride];
    for (let i = 0; i < width; i++) values[at + i] = share * before[at + i]! + (1 - share) * before[other + i]!;
  }
}
