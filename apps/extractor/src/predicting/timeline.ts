import { decide, type Prediction } from '@earshot/contracts';
import type { ScoringModel } from '@earshot/database';
import type { Windows } from '@earshot/sandbox';

type Timeline = NonNullable<Prediction['windows']>;
type Segment = Timeline['timeline'][number];

/**
 * What is heard when: each window answers for the time that is nearer to its middle than to its neighbours', and those that follow each
 * other with the same answer are one segment. `probabilities` has a row for each window that could be scored.
 */
export function timelineOf(
  probabilities: Float32Array,
  isScored: readonly boolean[],
  { windowSeconds, hopSeconds }: Windows,
  { labels, decision }: ScoringModel,
  durationSeconds: number,
): Timeline {
  const timeline: Segment[] = [];
  let row = 0;
  isScored.forEach((isKnown, k) => {
    const row0 = row * labels.length;
    const decided = isKnown ? decide(labels, probabilities.subarray(row0, row0 + labels.length), decision) : null;
    if (isKnown) row += 1;
    const isLast = k === isScored.length - 1;
    const endSeconds = isLast ? durationSeconds : Math.min(durationSeconds, k * hopSeconds + (windowSeconds + hopSeconds) / 2);
    const before = timeline.at(-1);
    const label = decided?.label ?? null;
    if (before !== undefined && before.label === label) {
      if (decided !== null && before.confidence !== null)
        before.confidence = (before.confidence * before.windows + decided.confidence) / (before.windows + 1);
      before.windows += 1;
      before.endSeconds = endSeconds;
    } else {
      timeline.push({
        startSeconds: before?.endSeconds ?? 0,
        endSeconds,
        label,
        confidence: decided?.confidence ?? null,
        isUnknown: decided?.isUnknown ?? false,
        windows: 1,
      });
    }
  });
  return { count: isScored.length, windowSeconds, hopSeconds, timeline };
}

/** The mean of all rows: what the whole recording sounds like. */
export function meanOf(probabilities: Float32Array, labelCount: number): Float32Array {
  const rows = probabilities.length / labelCount;
  const mean = new Float32Array(labelCount);
  for (let i = 0; i < labelCount; i++) {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += probabilities[row * labelCount + i]!;
    mean[i] = sum / rows;
  }
  return mean;
}
