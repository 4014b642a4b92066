import { type Calibration, calibrationOf, indexOfGreatest } from './calibration.js';
import { accuracy, balancedAccuracy, confusionOf, figuresOfLabels, type LabelFigures, macroMeans, meanOf } from './confusion.js';
import { curveOf, prAuc, rocAuc } from './curves.js';
import { groupInterval, type Interval, wilsonInterval } from './intervals.js';

export interface EvaluationOptions {
  labels: readonly string[];
  /** Of each row, the label it truly has. */
  truth: Int32Array;
  /** Rows × labels. */
  probabilities: Float32Array;
  /** Of each row, the recording or speaker it comes from. */
  groups?: Int32Array;
  /** Of the bootstrap by group. */
  seed: number;
}

/** What a model is worth on rows it was not made from. Null is said wherever the rows do not tell. */
export interface Evaluation {
  support: number;
  groups: number | null;
  accuracy: number | null;
  /** As if the rows were independent (Wilson), and, where groups are known, as if only groups were (bootstrap). */
  accuracyInterval: { byRow: Interval | null; byGroup: Interval | null };
  /** What needs no model: always the most frequent label of these rows; any label at random. */
  baseline: { mostFrequent: number | null; chance: number };
  balancedAccuracy: number | null;
  macro: { precision: number | null; recall: number | null; f1: number | null; rocAuc: number | null; prAuc: number | null };
  perLabel: (LabelFigures & { label: string; rocAuc: number | null; prAuc: number | null })[];
  /** Mean of −ln p of the true label; p of at least 1e-7. */
  logLoss: number | null;
  calibration: Calibration;
  /** confusion[truth][predicted]. */
  confusion: number[][];
}

export function evaluate({ labels, truth, probabilities, groups, seed }: EvaluationOptions): Evaluation {
  const [rows, labelCount] = [truth.length, labels.length];
  if (probabilities.length !== rows * labelCount)
    throw new RangeError(`${probabilities.length} probabilities are not ${rows} × ${labelCount}`);
  const predicted = predictedLabels(probabilities, labelCount);
  const confusion = confusionOf(truth, predicted, labelCount);
  const figures = figuresOfLabels(confusion);
  const isRight = truth.map((label, row) => (label === predicted[row] ? 1 : 0));
  const perLabel = figures.map((figure, code) => {
    const scores = Float32Array.from({ length: rows }, (_, row) => probabilities[row * labelCount + code]!);
    const curve = curveOf(
      scores,
      truth.map((label) => (label === code ? 1 : 0)),
    );
    return { label: labels[code]!, ...figure, rocAuc: rocAuc(curve), prAuc: prAuc(curve) };
  });
  const known = (values: (number | null)[]) => meanOf(values.filter((value) => value !== null));
  const right = isRight.reduce((sum, one) => sum + one, 0);
  return {
    support: rows,
    groups: groups ? new Set(groups).size : null,
    accuracy: accuracy(confusion),
    accuracyInterval: { byRow: wilsonInterval(right, rows), byGroup: groups ? groupInterval(isRight, groups, seed) : null },
    baseline: { mostFrequent: rows > 0 ? Math.max(...figures.map(({ support }) => support)) / rows : null, chance: 1 / labelCount },
    balancedAccuracy: balancedAccuracy(figures),
    macro: {
      ...macroMeans(figures),
      rocAuc: known(perLabel.map((figure) => figure.rocAuc)),
      prAuc: known(perLabel.map((figure) => figure.prAuc)),
    },
    perLabel,
    logLoss: logLoss(probabilities, truth),
    calibration: calibrationOf(probabilities, truth),
    confusion: labels.map((_, label) => [...confusion.counts.subarray(label * labelCount, (label + 1) * labelCount)]),
  };
}

/** Of each row, the first of the most likely labels. */
export function predictedLabels(probabilities: Float32Array, labelCount: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / labelCount }, (_, row) => {
    return indexOfGreatest(probabilities.subarray(row * labelCount, (row + 1) * labelCount));
  });
}

/** Mean of −ln p of the true label; p of at least 1e-7. */
export function logLoss(probabilities: Float32Array, truth: Int32Array): number | null {
  const labelCount = probabilities.length / truth.length;
  return meanOf(Array.from(truth, (label, row) => -Math.log(Math.max(probabilities[row * labelCount + label]!, 1e-7))));
}
