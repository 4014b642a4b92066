/** What happens as the threshold falls: at each distinct score, those with at least that score are taken for positive. */
export interface Curve {
  /** Falling. */
  readonly thresholds: Float64Array;
  readonly truePositives: Int32Array;
  readonly falsePositives: Int32Array;
  readonly positives: number;
  readonly negatives: number;
}

export function curveOf(scores: ArrayLike<number>, isPositive: ArrayLike<boolean | number>): Curve {
  if (scores.length !== isPositive.length) throw new RangeError(`${scores.length} scores for ${isPositive.length} rows`);
  const falling = Array.from({ length: scores.length }, (_, row) => row).sort((a, b) => scores[b]! - scores[a]!);
  const thresholds: number[] = [];
  const trues: number[] = [];
  const falses: number[] = [];
  let [positives, negatives] = [0, 0];
  falling.forEach((row, i) => {
    if (isPositive[row]) positives++;
    else negatives++;
    if (i + 1 < falling.length && scores[falling[i + 1]!] === scores[row]) return; // rows of equal score come in together
    thresholds.push(scores[row]!);
    trues.push(positives);
    falses.push(negatives);
  });
  const [truePositives, falsePositives] = [Int32Array.from(trues), Int32Array.from(falses)];
  return { thresholds: Float64Array.from(thresholds), truePositives, falsePositives, positives, negatives };
}

/**
 * Area under the ROC curve: how likely a positive scores above a negative, a tie counting half. Null when one of them is missing.
 * Reference: scikit-learn `roc_auc_score`.
 */
export function rocAuc({ truePositives, falsePositives, positives, negatives }: Curve): number | null {
  if (positives === 0 || negatives === 0) return null;
  let area = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const width = falsePositives[i]! - (falsePositives[i - 1] ?? 0);
    area += (width * (truePositives[i]! + (truePositives[i - 1] ?? 0))) / 2;
  }
  return area / (positives * negatives);
}

/**
 * Area under the precision-recall curve: Σ (recall[i] − recall[i−1]) · precision[i]. Null without positives; the share of the positives is
 * what chance reaches. Reference: scikit-learn `average_precision_score`.
 */
export function prAuc({ truePositives, falsePositives, positives }: Curve): number | null {
  if (positives === 0) return null;
  let area = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const gained = truePositives[i]! - (truePositives[i - 1] ?? 0);
    area += (gained * truePositives[i]!) / (truePositives[i]! + falsePositives[i]!);
  }
  return area / positives;
}
