import type { FilterShape } from './measured-filters.js';

/** What decides the filters of a ratio, found by measuring some fifty of them. */
export interface RatioShape extends FilterShape {
  /** An interpolator follows the low-pass; else the ratio, but for powers of two, is one of numbers up to 4, or 5 to 1. */
  isInterpolated: boolean;
}

const mostUp = 5;

export function ratioShape(from: number, to: number): RatioShape {
  // By 4 and more it goes down in halves, by more than 5 up in one double, and both are a stage more.
  const halves = Math.max(0, Math.floor(Math.log2(from / to)) - 1);
  const doubles = to > mostUp * from ? 1 : 0;
  const [wideFrom, wideTo] = [from * 2 ** doubles, to * 2 ** halves];
  const divisor = greatestCommonDivisor(wideFrom, wideTo);
  const larger = Math.max(wideFrom, wideTo) / divisor;
  const isInterpolated = larger > 4 && wideTo !== mostUp * wideFrom;
  return {
    isInterpolated,
    stages: (1 + halves + doubles) * (isInterpolated ? 2 : 1),
    grid: isInterpolated ? middleRate(from, to, { isInterpolated }) / Math.min(from, to) : larger,
    lengthMultiple: wideTo / divisor === 4 ? 8 : 4,
  };
}

/** The rate between low-pass and interpolator: the input's times a power of two. */
export function middleRate(from: number, to: number, { isInterpolated }: { isInterpolated: boolean }): number {
  const lower = Math.min(from, to);
  const least = from * 2 ** Math.ceil(Math.log2(lower / from));
  const whole = [least, 2 * least, 4 * least].find((rate) => rate % to === 0);
  if (!isInterpolated && whole !== undefined) return whole;
  return least < 2 * lower ? 2 * least : least;
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
