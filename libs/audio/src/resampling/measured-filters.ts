import type { KaiserSinc } from './kaiser.js';

/*
 * The filters of librosa's `soxr_hq`, as impulses and noise through its public interface show them (golden/measure-filters.py): for all ratios
 * one family of Kaiser-windowed sincs. What is left between these formulas and the measured responses is below 5e-7 of their RMS.
 */

/** What of its design a ratio decides. */
export interface FilterShape {
  /** Filters that follow each other: each may ripple that much less. 1: the low-pass alone. */
  stages: number;
  /** Positions of the low-pass in one sample of the lower rate; its length is a multiple of so many of them, and one more. */
  grid: number;
  lengthMultiple: number;
}

/** The low-pass; 1 of its cutoff is half of the lower rate, its reach counts in samples of the lower rate. */
export function measuredLowPass({ stages, grid, lengthMultiple }: FilterShape): KaiserSinc {
  const attenuationDb = 127.03 + 20 * Math.log10(stages);
  const leastReach = 0.8101 * (attenuationDb - 7.95);
  const taps = lengthMultiple * Math.ceil((2 * leastReach * grid - 1) / lengthMultiple) + 1;
  return { cutoff: 0.9568718, beta: 13.04 + 0.6715 * Math.log2(stages), reach: taps / 2 / grid };
}

/** The interpolator behind it, in samples of the rate between, of whose band the share `usedShare` is in use. It droops, as theirs does. */
export function measuredInterpolator(usedShare: number, isUpward: boolean): KaiserSinc {
  return { cutoff: 0.85613 + 0.1056 * usedShare, beta: 14.062, reach: isUpward ? 7.5 : Math.ceil(3.77 / (1 - usedShare)) };
}
