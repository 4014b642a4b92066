import { fftTwin } from './fft.twin.js';

const { fround, sqrt } = Math;

/** The oracle of `quadMagnitude`: S[k] = |Σᵢ w[i]·y[i]·e^(−2πi·k·i/N)|, k = 0 … N/2, of one frame, with librosa's roundings. */
export function magnitudeTwin(frame: ArrayLike<number>, window: ArrayLike<number>): Float32Array {
  const windowed = Float64Array.from(window, (w, i) => w * frame[i]!);
  const { re, im } = fftTwin(windowed, new Float64Array(windowed.length));
  return Float32Array.from({ length: windowed.length / 2 + 1 }, (_, k) => magnitude(fround(re[k]!), fround(im[k]!)));
}

/** numpy's `absolute` of complex64, on a processor with a fused multiply-add. */
function magnitude(re: number, im: number): number {
  const [smaller = 0, larger = 0] = [Math.abs(re), Math.abs(im)].sort((a, b) => a - b);
  if (larger === 0) return 0;
  const ratio = fround(smaller / larger);
  return fround(larger * fround(sqrt(fround(1 + ratio * ratio))));
}
