import { BlockFilter } from './block-filter.js';
import { fftTwin } from './fft.twin.js';
import { interpolate } from './interpolator.js';
import { interpolateTwin, scaleSpectrumTwin } from './resample.twin.js';

const noise = (length: number, seed = 1): Float32Array => {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
};

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 2e-6): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThanOrEqual(tolerance);
}

describe('the interpolator', () => {
  it.each([
    { tapCount: 16, phaseCount: 147, step: 320 },
    { tapCount: 20, phaseCount: 441, step: 320 },
    { tapCount: 4, phaseCount: 1, step: 3 },
  ])('equals its twin: $tapCount taps, $phaseCount phases, step $step', ({ tapCount, phaseCount, step }) => {
    const table = { weights: noise(tapCount * phaseCount), tapCount, phaseCount, step };
    const z = noise(500, 2);
    const out = new Float32Array(100);
    interpolate(z, table, 3 * phaseCount, out);
    expectClose(out, interpolateTwin(z, table, 3 * phaseCount, 100));
  });
});

describe('the block filter', () => {
  const response = Float32Array.from({ length: 33 }, (_, k) => 1 / (1 + k * k));

  /** The circular convolution by the definition; `outSize` above or below `inSize` changes the rate. */
  function twin(input: Float32Array, outSize: number, h: Float32Array): Float64Array {
    const X = fftTwin(input, new Float32Array(input.length));
    const [re, im] = [X.re, X.im].map((values) => scaleSpectrumTwin(values.subarray(0, h.length), h));
    const whole = { re: new Float64Array(outSize), im: new Float64Array(outSize) };
    for (let k = 0; k < h.length; k++) {
      whole.re[k] = re![k]!;
      whole.im[k] = -im![k]!;
      if (k > 0 && k < outSize / 2) {
        whole.re[outSize - k] = re![k]!;
        whole.im[outSize - k] = im![k]!;
      }
    }
    return fftTwin(whole.re, whole.im).re.map((value) => value / outSize);
  }

  it.each([
    { outSize: 64, binCount: 33 },
    { outSize: 128, binCount: 32 },
    { outSize: 32, binCount: 16 },
  ])('equals its twin: 64 points in, $outSize out', ({ outSize, binCount }) => {
    const padded = new Float32Array(Math.min(outSize, 64) / 2 + 1);
    padded.set(response.subarray(0, binCount));
    const filter = new BlockFilter({ inSize: 64, outSize, response: padded });
    const input = noise(64 + 24);
    const out = new Float32Array(40);
    filter.run(input, { blockCount: 2, hop: 24, firstKept: 4, keptSamples: 20 }, out);
    expectClose(out.subarray(0, 20), twin(input.slice(0, 64), outSize, padded).subarray(4, 24));
    expectClose(out.subarray(20), twin(input.slice(24), outSize, padded).subarray(4, 24));
  });
});
