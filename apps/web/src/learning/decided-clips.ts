import type { HeldOutClip } from './held-out.js';

export interface Decision {
  thresholds: Readonly<Record<string, number>>;
  unknownBelow: number;
}

export function thresholdOf({ thresholds, unknownBelow }: Decision, label: string): number {
  return thresholds[label] ?? unknownBelow;
}

/** The label that a decision answers with: the most probable of those that reach their threshold; null where none does. */
export function answerOf({ scores }: Pick<HeldOutClip, 'scores'>, decision: Decision): string | null {
  return scores.find(({ label, score }) => score >= thresholdOf(decision, label))?.label ?? null;
}

export interface Outcome {
  clips: number;
  answered: number;
  /** Of the answered. */
  right: number;
}

/** What a decision would have come to on the clips that were held out, in all and by what they are. */
export function outcomeOf(clips: readonly HeldOutClip[], decision: Decision): { all: Outcome; byLabel: Map<string, Outcome> } {
  const all: Outcome = { clips: 0, answered: 0, right: 0 };
  const byLabel = new Map<string, Outcome>();
  for (const clip of clips) {
    const ofLabel = byLabel.get(clip.truth) ?? { clips: 0, answered: 0, right: 0 };
    byLabel.set(clip.truth, ofLabel);
    const answer = answerOf(clip, decision);
    for (const outcome of [all, ofLabel]) {
      outcome.clips += 1;
      if (answer !== null) outcome.answered += 1;
      if (answer === clip.truth) outcome.right += 1;
    }
  }
  return { all, byLabel };
}
