/** How often each label was taken for each: `counts[truth · labelCount + predicted]`. */
export interface Confusion {
  readonly counts: Int32Array;
  readonly labelCount: number;
}

/** Figures of one label. Null where there is nothing to divide by: no row of it, or none taken for it. */
export interface LabelFigures {
  /** Rows that truly are of this label. */
  support: number;
  /** Of those taken for it, the share that is of it. */
  precision: number | null;
  /** Of those that are of it, the share taken for it. */
  recall: number | null;
  /** 2·TP / (2·TP + FP + FN). */
  f1: number | null;
}

export function confusionOf(truth: Int32Array, predicted: Int32Array, labelCount: number): Confusion {
  if (truth.length !== predicted.length) throw new RangeError(`${predicted.length} predictions for ${truth.length} rows`);
  const counts = new Int32Array(labelCount * labelCount);
  for (let row = 0; row < truth.length; row++) counts[truth[row]! * labelCount + predicted[row]!]!++;
  return { counts, labelCount };
}

export function figuresOfLabels({ counts, labelCount }: Confusion): LabelFigures[] {
  return Array.from({ length: labelCount }, (_, label) => {
    const right = counts[label * labelCount + label]!;
    let [support, taken] = [0, 0];
    for (let other = 0; other < labelCount; other++) {
      support += counts[label * labelCount + other]!;
      taken += counts[other * labelCount + label]!;
    }
    return { support, precision: ratio(right, taken), recall: ratio(right, support), f1: ratio(2 * right, support + taken) };
  });
}

export function accuracy({ counts, labelCount }: Confusion): number | null {
  let [right, all] = [0, 0];
  counts.forEach((count, cell) => {
    all += count;
    if (cell % (labelCount + 1) === 0) right += count;
  });
  return ratio(right, all);
}

/** Mean recall of the labels that have rows. */
export function balancedAccuracy(figures: readonly LabelFigures[]): number | null {
  return meanOf(figures.flatMap(({ recall }) => (recall === null ? [] : [recall])));
}

/**
 * Means over the labels that have rows or were predicted; a precision or recall with nothing to divide by counts as 0 there.
 * Reference: scikit-learn `precision_recall_fscore_support(average='macro', zero_division=0)`.
 */
export function macroMeans(figures: readonly LabelFigures[]): { precision: number | null; recall: number | null; f1: number | null } {
  const seen = figures.filter(({ f1 }) => f1 !== null);
  return {
    precision: meanOf(seen.map(({ precision }) => precision ?? 0)),
    recall: meanOf(seen.map(({ recall }) => recall ?? 0)),
    f1: meanOf(seen.map(({ f1 }) => f1 ?? 0)),
  };
}

export function meanOf(values: readonly number[]): number | null {
  return ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
