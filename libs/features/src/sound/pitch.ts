import { type Kernels, RealFft } from '@earshot/kernels';
import { remembered } from '../remembered.js';
import type { SoundDefinition } from './sound-profile.js';

const ffts = new WeakMap<Kernels, RealFft>();

/**
 * How periodic the loudest frames are, and at which pitch.
 *
 *     R[t] = inverse FFT of P[t]        lag = the one of the greatest R[t,lag]/R[t,0], leastLag ≤ lag ≤ greatestLag        h = that value
 *     share = mean of (the four largest P[t,k]) / ΣP[t]
 *
 * Five numbers: mean and deviation of h, median of log₂(rate/lag) times the mean of h, deviation of log₂(rate/lag), share.
 * `spectra`: of each frame its powers, fftSize/2 + 1 bins.
 */
export function pitch(kernels: Kernels, spectra: readonly Float32Array[], { pitch: rule, sampleRate, frames }: SoundDefinition): number[] {
  const { arena } = kernels;
  const fft = remembered(ffts, kernels, () => new RealFft(frames.fftSize, kernels));
  return arena.scoped(() => {
    const [re, im, out] = [arena.take(4 * fft.binCount), arena.take(4 * fft.binCount), arena.take(4 * fft.size)];
    const [real, imaginary, R] = [arena.f32(re, fft.binCount), arena.f32(im, fft.binCount), arena.f32(out, fft.size)];
    const heights: number[] = [];
    const octaves: number[] = [];
    let shares = 0;
    for (const powers of spectra) {
      real.set(powers);
      imaginary.fill(0);
      fft.inverse(re, im, out);
      let lag: number = rule.leastLag;
      for (let l = lag + 1; l <= rule.greatestLag; l++) if (R[l]! > R[lag]!) lag = l;
      heights.push(R[lag]! / (R[0]! + 1e-12));
      octaves.push(Math.log2(sampleRate / lag));
      shares += shareOfFourLargest(powers);
    }
    const strength = moments(heights);
    return [strength.mean, strength.deviation, median(octaves) * strength.mean, moments(octaves).deviation, shares / spectra.length];
  });
}

function shareOfFourLargest(powers: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0]; // a ≥ b ≥ c ≥ d
  let sum = 0;
  for (let k = 0; k < powers.length; k++) {
    const power = powers[k]!;
    sum += power;
    if (power <= d) continue;
    d = power;
    if (d > c) [c, d] = [d, c];
    if (c > b) [b, c] = [c, b];
    if (b > a) [a, b] = [b, a];
  }
  return (a + b + c + d) / (sum + 1e-12);
}

function moments(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
}

/** Of an even number the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
