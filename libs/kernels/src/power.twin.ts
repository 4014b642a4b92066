import { fftTwin } from './fft.twin.js';

/** The oracle of `quadPower`: P[k] = |Σᵢ w[i]·y[i]·e^(−2πi·k·i/N)|², k = 0 … N/2, of one frame. */
export function powerTwin(frame: ArrayLike<number>, window: ArrayLike<number>): Float64Array {
  const windowed = Float64Array.from(window, (w, i) => w * frame[i]!);
  const { re, im } = fftTwin(windowed, new Float64Array(windowed.length));
  return Float64Array.from({ length: windowed.length / 2 + 1 }, (_, k) => re[k]! ** 2 + im[k]! ** 2);
}
