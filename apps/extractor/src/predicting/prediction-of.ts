import { decide, type Prediction, predictClips, type TaskInput } from '@earshot/contracts';
import type { ScoringModel } from '@earshot/database';

type Wish = TaskInput<typeof predictClips>;

interface Heard {
  durationSeconds: number;
  warnings: Prediction['warnings'];
}

/** What is said of a clip of which these are the probabilities. */
export function predictionOf(
  probabilities: Float32Array,
  { durationSeconds, warnings }: Heard,
  model: ScoringModel,
  { topK, allScores, alias }: Wish,
): Prediction {
  const { labels, classifier, number, id, decision, decisionRevision } = model;
  const scores = labels.map((label, i) => ({ label, score: clamped(probabilities[i]!) }));
  return {
    ...decide(
      labels,
      scores.map(({ score }) => score),
      decision,
    ),
    scores: allScores ? scores : scores.toSorted((a, b) => b.score - a.score).slice(0, topK),
    model: { classifier, version: number, id, alias, decisionRevision },
    durationSeconds,
    warnings,
  };
}

/** Sums of 32-bit floats may pass 1 by a rounding error. */
function clamped(probability: number): number {
  return Math.min(1, Math.max(0, probability));
}
