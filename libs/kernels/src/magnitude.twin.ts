import { fftTwin } from './fft.twin.js';

const { fround, hypot, sqrt } = Math;

/** The oracle of `quadMagnitude`: S[k] = |Σᵢ w[i]·y[i]·e^(−2πi·k·i/N)|, k = 0 … N/2, of one frame, in f64. */
export function magnitudeTwin(frame: ArrayLike<number>, window: ArrayLike<number>): Float64Array {
  const { re, im } = spectrum(frame, window);
  return Float64Array.from({ length: window.length / 2 + 1 }, (_, k) => hypot(re[k]!, im[k]!));
}

/** The oracle of `exactQuadMagnitude`: the same with librosa's roundings. */
export function exactMagnitudeTwin(frame: ArrayLike<number>, window: ArrayLike<number>): Float32Array {
  const { re, im } = spectrum(frame, window);
  return Float32Array.from({ length: window.length / 2 + 1 }, (_, k) => absolute32(fround(re[k]!), fround(im[k]!)));
}

function spectrum(frame: ArrayLike<number>, window: ArrayLike<number>): { re: Float64Array; im: Float64Array } {
  return fftTwin(
    Float64Array.from(window, (w, i) => w * frame[i]!),
    new Float64Array(window.length),
  );
}

/** numpy's `absolute` of complex64, on a processor with a fused multiply-add. */
function absolute32(re: number, im: number): number {
  const [smaller = 0, larger = 0] = [Math.abs(re), Math.abs(im)].sort((a, b) => a - b);
  if (larger === 0) return 0;
  const ratio = fround(smaller / larger);
  return fround(larger * fround(sqrt(fround(1 + ratio * ratio))));
}
