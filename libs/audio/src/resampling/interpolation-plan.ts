import type { InterpolationPlan } from './interpolation-stage.js';
import { type Band, dropShare, interpolatorTapCount, interpolatorTaps } from './soxr-design.js';
import type { RatioSplit } from './soxr-ratio.js';

/** How many phases (a power of two, at 1 to 1) suffice when weights are interpolated linearly or by parabolas. */
interface PhaseBits {
  1: number;
  2: number;
}
const upBits: PhaseBits = { 1: 11, 2: 7 };
const downBits: PhaseBits = { 1: Math.fround(12.4), 2: Math.fround(7.8) };
const firstBits: PhaseBits = { 1: Math.fround(10.6), 2: Math.fround(6.75) };

const dropDb = Math.fround(-0.01);
const greatestTableBytes = 401_000;

interface Shape {
  order: 0 | 1 | 2;
  step: number;
  phases: number;
  phaseBits: number;
  taps: number;
}

/** soxr's interpolator (`_soxr_init`, `prepare_poly_fir_coefs`) behind a filter that ends at pass … stop. */
export function interpolationPlan(split: RatioSplit, before: { pass: number; stop: number; attenuationDb: number }): InterpolationPlan {
  const { isUp, firstDown } = split;
  const narrowing = isUp ? 1 : split.step / split.phases;
  const isFirst = !isUp && firstDown !== 0;
  const nyquist = isFirst ? 2 * narrowing : 1;
  const stop = isFirst ? 3 + Math.abs(before.stop - 1) : 2 - (before.pass + (before.stop - before.pass) * 0.7);
  const pass = stop - (stop - before.pass) / (1 - dropShare(dropDb, before.attenuationDb));
  const band = { pass, stop, nyquist, attenuationDb: before.attenuationDb };
  const bits = isUp ? upBits : isFirst ? firstBits : downBits;
  const shape = shapeOf(split, band, bits, narrowing);

  const { order, step, phases, phaseBits, taps } = shape;
  const tapCount = Math.ceil(taps / 4) * 4;
  const weights = weightsOf(interpolatorTaps(band, phases, taps), shape, tapCount);
  const leadSamples = ((taps - 1) >> 1) + (tapCount - taps);
  const startSamples = 0.5 * (taps % 2);
  return order === 0
    ? { table: { weights, tapCount, phaseCount: phases, step }, leadSamples, start: startSamples * phases }
    : {
        table: { weights, tapCount, phaseBits, order, step: Math.floor(step * 2 ** 32 + 0.5) },
        leadSamples,
        start: startSamples * 2 ** 32,
      };
}

/** A row for each phase if there are few of them, else weights interpolated between rows. */
function shapeOf(split: RatioSplit, band: Band, bits: PhaseBits, narrowing: number): Shape {
  const orders = split.isRational ? ([0, 1, 2] as const) : ([1, 2] as const);
  let shape: Shape | undefined;
  for (const order of orders) {
    const phaseBits = order === 0 ? 0 : Math.ceil(bits[order] - Math.log(narrowing) / Math.log(2));
    let phases = order === 0 ? split.phases : 2 ** phaseBits;
    let step = order === 0 ? split.step : split.step / split.phases;
    let taps = interpolatorTapCount(band, Math.max(phases, 19));
    if (split.firstDown === 0) taps += taps % 2;
    if (taps % 2 === 1 && order === 0 && phases % 2 === 1) {
      phases *= 2; // the middle lies between two phases
      step *= 2;
    }
    shape = { order, step, phases, phaseBits, taps };
    if (4 * Math.ceil(taps / 4) * 4 * phases * (order + 1) < greatestTableBytes) break;
  }
  return shape!;
}

/** Rows of f32 weights, the last tap first; a row is filled up with zeros in front. */
function weightsOf(response: Float64Array, { order, phases, taps }: Shape, tapCount: number): Float32Array {
  const weights = new Float32Array(tapCount * phases * (order + 1));
  const at = (index: number) => response[index] ?? 0;
  for (let tap = 0; tap < taps; tap++) {
    const place = tapCount - 1 - tap;
    for (let phase = 0; phase < phases; phase++) {
      const index = tap * phases + phase - 1;
      const [a, next, afterNext] = [at(index), at(index + 1), at(index + 2)];
      const row = weights.subarray(phase * tapCount * (order + 1) + (place - (place % 4)) * (order + 1) + (place % 4));
      if (order === 1) row[0] = next - a;
      if (order === 2) {
        const c = 0.5 * (afterNext + a) - next;
        row[0] = c;
        row[4] = next - c - a;
      }
      row[4 * order] = a;
    }
  }
  return weights;
}
