import type { EpochFigures } from './training.js';

/** Where a training stands; the learning rate is a function of it, so that nothing has to be kept for a resume. */
export interface Position {
  /** From 0. */
  step: number;
  steps: number;
  /** Of the epochs that have ended. */
  figures: readonly EpochFigures[];
}

export type Schedule = (position: Position) => number;

export function constant(rate: number): Schedule {
  return () => rate;
}

interface PlateauOptions {
  factor?: number;
  /** Epochs without a validation loss that is lower by `leastGain`. */
  patience?: number;
  floor?: number;
  leastGain?: number;
}

/** Multiplies the rate by `factor` after each `patience` epochs without gain, down to `floor`. Reference: Keras `ReduceLROnPlateau`. */
export function plateau(rate: number, { factor = 0.5, patience = 5, floor = 1e-5, leastGain = 1e-4 }: PlateauOptions = {}): Schedule {
  return ({ figures }) => {
    let [now, lowest, waited] = [rate, Number.POSITIVE_INFINITY, 0];
    for (const { validationLoss } of figures) {
      if (validationLoss < lowest - leastGain) [lowest, waited] = [validationLoss, 0];
      else if (++waited >= patience) [now, waited] = [Math.max(now * factor, Math.min(rate, floor)), 0];
    }
    return now;
  };
}

/** Half a cosine from `rate` at the first step to `floor` after the last. Reference: Loshchilov and Hutter 2017, without restarts. */
export function cosine(rate: number, floor = 0): Schedule {
  return ({ step, steps }) => floor + (rate - floor) * halfCosine(step / steps);
}

interface OneCycleOptions {
  /** Share of the steps until the peak. */
  warmup?: number;
  /** The peak over the first rate. */
  startDivisor?: number;
  /** The first rate over the last. */
  endDivisor?: number;
}

/** From peak/25 up to the peak and down to almost nothing, both by half a cosine. Reference: Smith 2018; defaults as PyTorch `OneCycleLR`. */
export function oneCycle(peak: number, { warmup = 0.3, startDivisor = 25, endDivisor = 1e4 }: OneCycleOptions = {}): Schedule {
  const start = peak / startDivisor;
  const end = start / endDivisor;
  return ({ step, steps }) => {
    const [turn, last] = [Math.max(1, warmup * steps - 1), steps - 1];
    if (step <= turn) return peak + (start - peak) * halfCosine(step / turn);
    return end + (peak - end) * halfCosine((step - turn) / Math.max(1, last - turn));
  };
}

/** 1 at 0, 0 at 1. */
function halfCosine(share: number): number {
  return (1 + Math.cos(Math.PI * Math.min(1, share))) / 2;
}
