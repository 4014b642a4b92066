import type { Decision } from './resources/classifier.js';

/** What probabilities come to. */
export interface Decided {
  /** `unknownLabel` when no label reaches its threshold. */
  label: string;
  /** Of the label; of an unknown, of the one that came closest. */
  confidence: number;
  isUnknown: boolean;
  threshold: number;
}

/**
 * The most probable of the labels that reach their thresholds. Without one it is unknown, and what is told is of the most probable label.
 * Of equal ones the first in the order of the model is taken.
 */
export function decide(labels: readonly string[], probabilities: ArrayLike<number>, decision: Decision): Decided {
  const thresholdOf = (i: number) => {
    const label = labels[i] ?? '';
    return Object.hasOwn(decision.thresholds, label) ? (decision.thresholds[label] ?? 0) : decision.unknownBelow;
  };
  let best = 0;
  let admitted = -1;
  for (let i = 0; i < labels.length; i++) {
    const probability = probabilities[i]!;
    if (probability > probabilities[best]!) best = i;
    if (probability >= thresholdOf(i) && (admitted < 0 || probability > probabilities[admitted]!)) admitted = i;
  }
  const isUnknown = admitted < 0;
  const told = isUnknown ? best : admitted;
  return {
    label: isUnknown ? decision.unknownLabel : (labels[told] ?? ''),
    confidence: probabilities[told] ?? 0,
    isUnknown,
    threshold: thresholdOf(told),
  };
}
