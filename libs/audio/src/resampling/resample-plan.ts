import { BlockFilter, type InterpolationTable } from '@earshot/kernels';
import { kaiserSinc } from './kaiser.js';
import { type LowPass, soxrLowPass } from './soxr-kernel.js';
import { greatestCommonDivisor } from './soxr-stages.js';

/**
 * How to get from one rate to another: a sharp low-pass in the frequency domain, which also changes the rate by a power of two, then a
 * short interpolator, which is exact because at most half of the middle rate's band is in use. Powers of two need no interpolator.
 */
export interface ResamplePlan {
  filter: BlockFilter;
  inSize: number;
  hop: number;
  /** Samples at each end of a block that its circular convolution spoils. */
  spoiltSamples: number;
  /** Middle rate over input rate: a power of two. */
  factor: number;
  interpolation: InterpolationTable | null;
  /** soxr's interpolator sees silence before time 0, not how the low-pass rings there: it makes the first two or three samples. */
  startsSilent: boolean;
}

/** What long blocks count in input samples is a multiple of this, so that it is whole at 1/16 of the rate as well. */
export const grain = 16;
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
  const lowPass = soxrLowPass(from, to);
  const factor = middleFactor(from, to);
  const { spoiltSamples, inSize } = lowPass.block ?? longBlock((lowPass.reach * from) / lower);
  const outSize = inSize * factor;
  const response = responseOf(lowPass, inSize, Math.min(inSize, outSize) / 2 + 1, from / lower).map((value) => value * factor);
  return {
    filter: new BlockFilter({ inSize, outSize, response }),
    inSize,
    hop: inSize - 2 * spoiltSamples,
    spoiltSamples,
    factor,
    interpolation: interpolationTable(from, to, factor, lowPass),
    startsSilent: lowPass.interpolator !== null,
  };
}

/** Long enough that little of a block is spoilt: a twelfth of it at each end. */
function longBlock(reachSamples: number): { spoiltSamples: number; inSize: number } {
  const spoiltSamples = roundUp(reachSamples + 8, grain);
  return { spoiltSamples, inSize: 2 ** Math.ceil(Math.log2(12 * spoiltSamples)) };
}

/** A power of two: to/from if that is one, else the least that leaves at least half of the band free. */
function middleFactor(from: number, to: number): number {
  const exact = Math.log2(to / from);
  const power = Number.isInteger(exact) ? exact : Math.ceil(Math.log2((2 * Math.min(from, to)) / from));
  return 2 ** Math.max(-4, Math.min(3, power));
}

/** H[k] of the low-pass, sampled at the input rate and centred on sample 0, so that H is real. */
function responseOf({ c, beta, reach, droop }: LowPass, size: number, binCount: number, stretch: number): Float32Array {
  const cosines = Float64Array.from({ length: size }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const taps: number[] = [];
  for (let n = 0; n < reach * stretch; n++) taps.push(kaiserSinc(n / stretch, c, beta, reach) / stretch);
  return Float32Array.from({ length: binCount }, (_, k) => {
    let sum = taps[0]! / 2;
    for (let n = 1, at = k; n < taps.length; n++, at = (at + k) % size) sum += taps[n]! * cosines[at]!;
    const squared = Math.min(1.02, (2 * k * stretch) / size) ** 2;
    return 2 * sum * (1 + droop.reduceRight((value, coefficient) => (value + coefficient) * squared, 0));
  });
}

const imageDb = 140;

/** soxr's interpolator where it has one; else a Kaiser-windowed sinc that passes what the low-pass left, and stops its images. */
function interpolationTable(from: number, to: number, factor: number, { interpolator }: LowPass): InterpolationTable | null {
  const [fine, coarse] = factor >= 1 ? [from * factor, to] : [from, to / factor];
  const divisor = greatestCommonDivisor(fine, coarse);
  const [step, phaseCount] = [fine / divisor, coarse / divisor];
  if (step === phaseCount) return null;
  const usedShare = Math.min(from, to) / (from * factor); // of the middle rate's band
  const tapCount = roundUp(interpolator?.taps ?? (imageDb - 7.95) / (14.36 * (1 - usedShare)) + 1, 4);
  const { c, beta, reach } = interpolator ?? { c: 1, beta: 0.1102 * (imageDb - 8.7), reach: tapCount / 2 };
  const weights = new Float32Array(phaseCount * tapCount);
  for (let p = 0, at = 0; p < phaseCount; p++) {
    for (let j = 0; j < tapCount; j++, at++) weights[at] = kaiserSinc(tapCount / 2 - 1 + p / phaseCount - j, c, beta, reach);
  }
  return { weights, tapCount, phaseCount, step };
}

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;
