import { type FilterPlan, FilterStage, filterPlan } from './filter-stage.js';
import { HalvingStage, halvingWeights } from './halving-stage.js';
import { interpolationPlan } from './interpolation-plan.js';
import { InterpolationStage } from './interpolation-stage.js';
import { bitDb, dropShare, lowPassTaps } from './soxr-design.js';
import { splitRatio } from './soxr-ratio.js';
import type { Stage } from './stage.js';

/** Makes the stages from one rate to another for one channel; they share their tables. */
export type ResamplePlan = () => Stage[];

const keptPlans = 16;
const plans = new Map<string, ResamplePlan>();

/** The plan for a ratio. The last ones are kept: their tables take milliseconds, and strangers choose the rates. */
export function resamplePlan(from: number, to: number): ResamplePlan {
  const key = `${from}/${to}`;
  const plan = plans.get(key) ?? makePlan(from / to);
  plans.delete(key);
  plans.set(key, plan);
  if (plans.size > keptPlans) plans.delete(plans.keys().next().value!);
  return plan;
}

const precisionBits = 20;
const passEnd = 1 - 0.05 / (1 - dropShare(-3, precisionBits * bitDb));

/** The stages of soxr 0.1.3 (`_soxr_init`) at quality HQ, librosa's `soxr_hq`. */
function makePlan(ratio: number): ResamplePlan {
  const split = splitRatio(ratio);
  const { isUp, halvings, firstUp, firstDown, step, phases, lastUp, lastDown } = split;
  const [hasFirst, hasInterpolator, hasLast] = [firstUp * firstDown !== 1, step * phases !== 1, lastUp * lastDown !== 1];
  const filterCount = halvings + Number(hasFirst) + Number(hasLast);
  const interpolatorDb = (precisionBits + 1) * bitDb + (hasInterpolator && filterCount > 0 ? bitDb : 0);
  const attenuationDb = interpolatorDb + 20 * Math.log10(Math.max(1, filterCount));

  const makers: (() => Stage)[] = [];
  const weights = halvingWeights(attenuationDb);
  for (let i = 0; i < halvings; i++) makers.push(() => new HalvingStage(weights));
  const addFilter = (plan: FilterPlan) => makers.push(() => new FilterStage(plan));

  let [pass, stop] = [passEnd, 1];
  if (hasFirst) {
    const nyquist = firstDown === 0 ? step / phases : Math.max(firstUp, firstDown);
    const taps = lowPassTaps({ pass, stop, nyquist, attenuationDb }, isPowerOfTwo(firstUp) && nyquist === firstUp ? 2 * firstUp : 4);
    addFilter(filterPlan(taps, firstUp, Math.max(1, firstDown)));
    [pass, stop] = [pass / nyquist, stop / nyquist];
  }
  if (hasInterpolator) {
    const plan = interpolationPlan(split, { pass, stop, attenuationDb: interpolatorDb });
    makers.push(() => new InterpolationStage(plan));
  }
  if (hasLast) {
    const share = lastDown / (ratio * lastUp); // of the band that the last stage gets
    const band = isUp ? { pass: 1 - (1 - passEnd / share), stop: Math.max(2 - 1 / share, 1) } : { pass: passEnd, stop: 1 };
    const nyquist = Math.max(lastUp, lastDown);
    const taps = lowPassTaps({ ...band, nyquist, attenuationDb }, isPowerOfTwo(lastUp) && nyquist === lastUp ? 2 * lastUp : 4);
    addFilter(filterPlan(taps, lastUp, lastDown));
  }
  return () => makers.map((make) => make());
}

const isPowerOfTwo = (value: number): boolean => value > 1 && Number.isInteger(Math.log2(value));
