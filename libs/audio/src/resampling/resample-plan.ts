import type { BlockFilter, InterpolationTable } from '@earshot/kernels';
import { type KaiserSinc, kaiserSinc } from './kaiser.js';
import { measuredInterpolator, measuredLowPass } from './measured-filters.js';
import { greatestCommonDivisor, middleRate, type RatioShape, ratioShape } from './ratio-shape.js';

/**
 * How to get from one rate to another: a low-pass by FFT, which also changes the rate by a power of two, then a short interpolator. Where
 * the rate between is a multiple of the wanted one, the latter only picks.
 */
export interface ResamplePlan {
  filter: BlockFilter;
  /** From one block's begin to the next. */
  hop: number;
  /** Samples at each end of a block that its circular convolution spoils. */
  spoiltSamples: number;
  /** Zeros before time 0, so that the interpolator finds what the low-pass rings there: librosa's does not where it has one of its own. */
  leadSamples: number;
  interpolation: Interpolation | null;
}

export interface Interpolation extends InterpolationTable {
  /** Samples before the place of an output that its sum takes. */
  samplesBefore: number;
}

const keptPlans = 16;
const plans = new Map<string, ResamplePlan>();

/** The plan for a ratio. The last ones are kept: their tables take milliseconds, and strangers choose the rates. */
export function resamplePlan(from: number, to: number): ResamplePlan {
  const key = `${from}/${to}`;
  const plan = plans.get(key) ?? makePlan(from, to);
  plans.delete(key);
  plans.set(key, plan);
  if (plans.size > keptPlans) plans.delete(plans.keys().next().value!);
  return plan;
}

function makePlan(from: number, to: number): ResamplePlan {
  const lower = Math.min(from, to);
  const shape = ratioShape(from, to);
  const middle = middleRate(from, to, shape);
  const factor = middle / from;
  const lowPass = measuredLowPass(shape);
  const grain = Math.max(factor, 1 / factor); // a whole number at either rate
  const perLower = Math.max(from, middle) / lower;
  const reach = roundUp(lowPass.reach * perLower - 0.5 - 1e-9, grain); // of the taps on either side of the one in the middle
  const size = 2 ** Math.ceil(Math.log2(6 * reach));
  const [inSize, spoiltSamples] = factor > 1 ? [size / factor, reach / factor] : [size, reach];
  const hop = inSize - 2 * spoiltSamples;
  const binCount = Math.floor((inSize / 2) * (lower / from)); // at half of the lower rate the low-pass ends
  const response = responseOf(lowPass, binCount, (2 * from) / lower / inSize).map((value) => value * factor);
  const interpolation = middle === to ? null : interpolationTable(middle, to, interpolatorOf(middle, to, lower / middle, shape));
  return {
    filter: { inSize, outSize: inSize * factor, response, firstKept: spoiltSamples * factor, keptCount: hop * factor },
    hop,
    spoiltSamples,
    leadSamples: shape.isInterpolated ? 0 : roundUp((interpolation?.samplesBefore ?? 0) / factor, grain),
    interpolation,
  };
}

/** Taps of the low-pass in one sample of the lower rate: enough for its response to be that of the continuous one. */
const density = 4;

/** H at `count` frequencies `step` apart, 1 being half of the lower rate: H(f) = Σ h(t)·cos(π·f·t), real for h is symmetric. */
function responseOf(lowPass: KaiserSinc, count: number, step: number): Float32Array {
  const taps = Array.from({ length: Math.ceil(lowPass.reach * density) }, (_, n) => kaiserSinc(lowPass, n / density) / density);
  return Float32Array.from({ length: count }, (_, k) => {
    const turn = 2 * Math.cos((Math.PI * k * step) / density);
    let [before, cosine, sum] = [turn / 2, 1, taps[0]! / 2];
    for (let n = 1; n < taps.length; n++) {
      [before, cosine] = [cosine, turn * cosine - before]; // cos(n·x) = 2·cos(x)·cos((n − 1)·x) − cos((n − 2)·x)
      sum += taps[n]! * cosine;
    }
    return 2 * sum;
  });
}

/** Null: the middle rate is a multiple of the other. */
function interpolatorOf(middle: number, to: number, usedShare: number, { isInterpolated }: RatioShape): KaiserSinc | null {
  if (isInterpolated) return measuredInterpolator(usedShare, to > middle / 2);
  return middle % to === 0 ? null : flatInterpolator(usedShare);
}

/** Passes all that is in use and stops its images by `imageDb` (Kaiser's formulas). */
function flatInterpolator(usedShare: number): KaiserSinc {
  const imageDb = 140;
  return { cutoff: 1, beta: 0.1102 * (imageDb - 8.7), reach: (imageDb - 7.95) / (28.72 * (1 - usedShare)) };
}

const mostRows = 4096;

function interpolationTable(middle: number, to: number, kernel: KaiserSinc | null): Interpolation {
  const divisor = greatestCommonDivisor(middle, to);
  const [step, phaseCount] = [middle / divisor, to / divisor];
  if (kernel === null) return { weights: Float32Array.of(1, 0, 0, 0), tapCount: 4, samplesBefore: 0, phaseCount, step };
  const tapCount = roundUp(2 * kernel.reach, 4);
  const isMixed = phaseCount > mostRows;
  const rowCount = isMixed ? mostRows : phaseCount;
  const weights = new Float32Array((rowCount + 1) * tapCount);
  for (let row = 0, at = 0; row <= rowCount; row++) {
    for (let j = 0; j < tapCount; j++, at++) weights[at] = kaiserSinc(kernel, tapCount / 2 - 1 + row / rowCount - j);
  }
  return { weights, tapCount, samplesBefore: tapCount / 2 - 1, phaseCount, step, ...(isMixed && { rowCount }) };
}

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;
