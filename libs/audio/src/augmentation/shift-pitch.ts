import { resample } from '../resampling/resampler.js';
import { stretchTime } from './stretch-time.js';

const largestTerm = 4000;

/**
 * Raises the pitch by `semitones` (negative lowers it), and keeps the tempo and the number of samples.
 * Reference: librosa 0.11 `effects.pitch_shift`: stretched by 2^(−semitones/12), then resampled back to the length.
 */
export function shiftPitch(samples: Float32Array, semitones: number): Float32Array {
  const rate = 2 ** (-semitones / 12);
  const [from, to] = fractionNear(1 / rate);
  const out = new Float32Array(samples.length);
  const shifted = resample(stretchTime(samples, rate), from, to);
  out.set(shifted.subarray(0, out.length));
  return out;
}

/** The continued fraction of `value` with terms of at most 4000: less than a thousandth of a sample off in a second. */
function fractionNear(value: number): [number, number] {
  let [above, below] = [
    [1, 0],
    [0, 1],
  ] as [[number, number], [number, number]];
  for (let rest = value; ; rest = 1 / (rest % 1)) {
    const whole = Math.floor(rest);
    const next: [number, number] = [whole * above[0] + below[0], whole * above[1] + below[1]];
    if (Math.max(...next) > largestTerm) return above;
    [above, below] = [next, above];
    if (rest % 1 < 1e-9) return above;
  }
}
