/**
 * The oracle of the FFT kernels: radix 2, f64, written for the eye.
 *
 *     X[k] = Σₙ x[n]·e^(−2πi·k·n/N)        N a power of two
 */
export function fftTwin(re: ArrayLike<number>, im: ArrayLike<number>): { re: Float64Array; im: Float64Array } {
  const N = re.length;
  if (N === 1) return { re: Float64Array.from(re), im: Float64Array.from(im) };
  const even = fftTwin(everySecond(re, 0), everySecond(im, 0));
  const odd = fftTwin(everySecond(re, 1), everySecond(im, 1));
  const X = { re: new Float64Array(N), im: new Float64Array(N) };
  for (let k = 0; k < N / 2; k++) {
    const cos = Math.cos((2 * Math.PI * k) / N);
    const sin = Math.sin((2 * Math.PI * k) / N);
    const re = cos * odd.re[k]! + sin * odd.im[k]!;
    const im = cos * odd.im[k]! - sin * odd.re[k]!;
    X.re[k] = even.re[k]! + re;
    X.im[k] = even.im[k]! + im;
    X.re[k + N / 2] = even.re[k]! - re;
    X.im[k + N / 2] = even.im[k]! - im;
  }
  return X;
}

function everySecond(values: ArrayLike<number>, first: number): Float64Array {
  return Float64Array.from({ length: values.length / 2 }, (_, i) => values[2 * i + first]!);
}
