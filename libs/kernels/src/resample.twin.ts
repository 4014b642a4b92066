import type { InterpolationTable } from './interpolator.js';

/** The oracle of `scaleSpectrum`, in f64. */
export function scaleSpectrumTwin(values: ArrayLike<number>, response: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, (value, k) => value * response[k]!);
}

/** The oracle of `interpolate`, in f64. */
export function interpolateTwin(
  z: Float32Array,
  { weights, tapCount, phaseCount, step }: InterpolationTable,
  start: number,
  count: number,
): Float64Array {
  return Float64Array.from({ length: count }, (_, m) => {
    const position = start + m * step;
    const [q, p] = [Math.floor(position / phaseCount), position % phaseCount];
    let sum = 0;
    for (let j = 0; j < tapCount; j++) sum += weights[p * tapCount + j]! * z[q + j]!;
    return sum;
  });
}
