import { leastOf, type Prediction } from '../../sound/prediction.js';
import { percent } from '../../ui/percent.js';

export interface Judged {
  isHeard: boolean;
  label: string | null;
  confidence: number | null;
  /** Why it is filtered out. */
  reason: string | null;
}

const whole = (share: number) => percent(share, 0);

/** Whether an answer is something heard. `before` is what the window before it, which overlaps, was heard as. */
export function judge(prediction: Prediction, before: string | null): Judged {
  const { label, confidence, isUnknown, scores } = prediction;
  if (isUnknown) {
    const [closest] = scores;
    if (closest === undefined) return { isHeard: false, label, confidence, reason: 'Nothing is close' };
    if (closest.label === label) return { isHeard: false, label, confidence, reason: `Taken for ${label}, ${whole(closest.score)} sure` };
    const least = leastOf(prediction);
    const needs = least === undefined ? '' : `, and an answer has to reach ${whole(least)}`;
    return {
      isHeard: false,
      label,
      confidence,
      reason: `Nothing is sure enough: the closest is ${closest.label} at ${whole(closest.score)}${needs}`,
    };
  }
  if (label === before) return { isHeard: false, label, confidence, reason: `Still ${label}, as in the window before, which overlaps` };
  return { isHeard: true, label, confidence, reason: null };
}
