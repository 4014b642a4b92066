import type { Kernels } from '@earshot/kernels';
import { once } from './once.js';
import { MeanTempogram, tempogramError } from './tempogram.js';

const startBpm = 120;
const maximumBpm = 320;
const windowSeconds = 8;

/**
 * Tempo of a clip in beats per minute: the lag at which its onset envelope repeats most, weighted towards 120.
 *
 *     score[lag] = ln(1 + 1e6·tg[lag]) − ½·(log₂(bpm/120))²        bpm = 60·sampleRate/(hopSamples·lag), below 320
 *
 * tg: `MeanTempogram` over windows of 8 s. `envelope`: median onset strength, moved (`onsetEnvelope`). One value; the first of equal
 * scores; 0 when the envelope is 0 throughout. Only these values can occur: at 22,050 Hz and hop 512, 117.454 is lag 22.
 * Lags that f32 cannot tell apart (in sparse clips tg is 0 at most lags, and the weight alone decides) are computed again in f64.
 * Reference: librosa 0.11 `beat.beat_track`.
 */
export function tempo(kernels: Kernels, envelope: Float32Array, sampleRate: number, hopSamples: number): number {
  if (!envelope.some((value) => value !== 0)) return 0;
  const length = Math.floor(Math.floor(windowSeconds * sampleRate) / hopSamples);
  const tempogram = new MeanTempogram(kernels, envelope, length);
  const tg = tempogram.mean();
  const { firstLag, weights } = weighting(`${sampleRate} ${hopSamples} ${length}`);
  const bpmOf = (lag: number) => (60 * sampleRate) / (hopSamples * lag);
  const score = (lag: number, value: number) => weights[lag]! * (1 + 1e6 * Math.max(0, value)); // e to the power of the score above

  let surely = 0;
  for (let lag = firstLag; lag < length; lag++) {
    const least = score(lag, tg[lag]! - tempogramError);
    if (least > surely) surely = least;
  }
  const candidates: number[] = [];
  for (let lag = firstLag; lag < length; lag++) if (score(lag, tg[lag]! + tempogramError) >= surely) candidates.push(lag);
  let [best = 0] = candidates;
  if (candidates.length === 1) return bpmOf(best);
  let bestScore = 0;
  for (const lag of candidates) {
    const exact = score(lag, tempogram.exactMean(lag));
    if (exact > bestScore) [best, bestScore] = [lag, exact];
  }
  return bpmOf(best);
}

/** The first lag below the maximum tempo, and e^(−½·(log₂(bpm/120))²) for every lag. */
const weighting = once(8, (key: string) => {
  const [sampleRate = 0, hopSamples = 0, length = 0] = key.split(' ').map(Number);
  const unit = (60 * sampleRate) / hopSamples;
  const weights = Float64Array.from({ length }, (_, lag) => Math.exp(-0.5 * Math.log2(unit / lag / startBpm) ** 2));
  return { firstLag: Math.floor(unit / maximumBpm) + 1, weights };
});
