import type { Interval } from './silence-split.js';
import type { SpeechDefinition } from './speech-profile.js';

/**
 * The samples of the one word in a clip.
 *
 *     d[i] = x[i] − x[i−1], d[0] = 0        dB[t] = 10·log₁₀(1e-12 + mean of d² over frame t)        t = 0 … ⌊(n − window)/hop⌋
 *     floor = 5th percentile of dB, peak = its maximum
 *     threshold = max(peak − rangeDb, min(floor + aboveFloorDb, peak − belowPeakDb))
 *
 * From the loudest frame on, both ways: frames above the threshold, and the gaps of at most `bridgeFrames` − 1 between them; then
 * `marginFrames` more. Differences make weak /s/ and /f/ count. Without real silence (floor > peak − quietDb) nothing is cut.
 */
export function wordInterval(x: Float32Array, { trim, frames }: Pick<SpeechDefinition, 'trim' | 'frames'>): Interval {
  const { windowSamples, hopSamples } = frames;
  const levels = frameLevels(x, windowSamples, hopSamples);
  const peak = levels.reduce((most, level) => Math.max(most, level), Number.NEGATIVE_INFINITY);
  const floor = percentile(levels, 0.05);
  if (floor > peak - trim.quietDb) return { start: 0, end: x.length };
  const threshold = Math.max(peak - trim.rangeDb, Math.min(floor + trim.aboveFloorDb, peak - trim.belowPeakDb));
  const loudest = levels.indexOf(peak);
  const reach = (step: 1 | -1): number => {
    let last = loudest;
    for (let t = loudest + step; t >= 0 && t < levels.length && Math.abs(t - last) <= trim.bridgeFrames; t += step) {
      if (levels[t]! > threshold) last = t;
    }
    return last;
  };
  return {
    start: Math.max(0, reach(-1) - trim.marginFrames) * hopSamples,
    end: Math.min(x.length, (reach(1) + trim.marginFrames) * hopSamples + windowSamples),
  };
}

function frameLevels(x: Float32Array, windowSamples: number, hopSamples: number): Float64Array {
  const frameCount = Math.max(1, 1 + Math.floor((x.length - windowSamples) / hopSamples));
  return Float64Array.from({ length: frameCount }, (_, t) => {
    const start = t * hopSamples;
    const end = Math.min(x.length, start + windowSamples);
    let energy = 0;
    for (let i = Math.max(1, start); i < end; i++) energy += (x[i]! - x[i - 1]!) ** 2;
    return 10 * Math.log10(energy / (end - start) + 1e-12);
  });
}

/** Between the two nearest values, as numpy's `percentile` has it. */
function percentile(values: Float64Array, share: number): number {
  const sorted = values.toSorted();
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}
