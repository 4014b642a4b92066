import type { Prediction } from '../../sound/prediction.js';

export interface Judged {
  isHeard: boolean;
  label: string | null;
  confidence: number | null;
  /** Why it is filtered out. */
  reason: string | null;
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

/** Whether an answer is something heard. `before` is what the window before it, which overlaps, was heard as. */
export function judge({ label, confidence, isUnknown, threshold, scores }: Prediction, before: string | null): Judged {
  if (isUnknown) {
    const [closest] = scores;
    if (closest === undefined) return { isHeard: false, label, confidence, reason: 'Nothing is close' };
    if (closest.label === label) return { isHeard: false, label, confidence, reason: `Taken for ${label}, ${percent(closest.score)} sure` };
    const needs = threshold > 0 ? `, and an answer has to reach ${percent(threshold)}` : '';
    return {
      isHeard: false,
      label,
      confidence,
      reason: `Nothing is sure enough: the closest is ${closest.label} at ${percent(closest.score)}${needs}`,
    };
  }
  if (label === before) return { isHeard: false, label, confidence, reason: `Still ${label}, as in the window before, which overlaps` };
  return { isHeard: true, label, confidence, reason: null };
}
