import type { BlockFilterShape } from './block-filter.js';
import { fftTwin } from './fft.twin.js';
import type { CoarseTable, InterpolationTable } from './interpolator.js';

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

/** The oracle of `interpolateBetween`, in f64. */
export function interpolateBetweenTwin(
  z: Float32Array,
  { weights, tapCount, phaseBits, order, step }: CoarseTable,
  start: number,
  count: number,
): Float64Array {
  return Float64Array.from({ length: count }, (_, m) => {
    const position = (start + m * step) / 2 ** 32;
    const q = Math.floor(position);
    const phase = (position - q) * 2 ** phaseBits;
    const [row, x] = [Math.floor(phase), phase % 1];
    let sum = 0;
    for (let j = 0; j < tapCount; j++) {
      let weight = 0;
      for (let n = 0; n <= order; n++) weight = weight * x + weights[(row * tapCount + j - (j % 4)) * (order + 1) + 4 * n + (j % 4)]!;
      sum += weight * z[q + j]!;
    }
    return sum;
  });
}

/** The oracle of `halve`, in f64. */
export function halveTwin(z: Float32Array, weights: Float32Array, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, m) => {
    const centre = 2 * weights.length + 2 * m;
    return weights.reduce((sum, weight, j) => sum + weight * (z[centre + 2 * j + 1]! + z[centre - 2 * j - 1]!), z[centre]! / 2);
  });
}

/** The oracle of `BlockFilter`, in f64: the circular convolution by its definition; then the spectrum is cut off, if it is to be. */
export function blockFilterTwin({ size, taps, up, down }: BlockFilterShape, input: Float32Array, offset: number): Float64Array {
  const points = new Float64Array(size);
  for (let j = 0, at = offset; at < size; j++, at += up) points[at] = input[j]! * up;
  const filtered = points.map((_, n) => taps.reduce((sum, tap, i) => sum + tap * points[(n + taps.length - 1 - i) % size]!, 0));
  if (down !== 2 && down !== 4) return filtered;
  const outSize = size / down;
  const { re, im } = fftTwin(filtered, new Float64Array(size));
  const cut = { re: new Float64Array(outSize), im: new Float64Array(outSize) };
  for (let k = 0; k <= outSize / 2; k++) {
    const mirrored = (outSize - k) % outSize;
    cut.re[k] = cut.re[mirrored] = re[k]! / size;
    if (k !== mirrored) [cut.im[k], cut.im[mirrored]] = [-im[k]! / size, im[k]! / size]; // conjugate: the inverse
  }
  return fftTwin(cut.re, cut.im).re;
}
