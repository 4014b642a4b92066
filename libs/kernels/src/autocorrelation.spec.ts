import { autocorrelationTwin } from './autocorrelation.twin.js';
import { fftTwin } from './fft.twin.js';
import { quadFftPositions, quadFftTwiddles } from './fft-tables.js';
import { deviation, noise, owner, placed } from './quads.fixture.js';

const { run, arena } = owner;

describe('the sum of scaled autocorrelations', () => {
  it.each([1, 8, 13])('over %i frames is the inverse transform of what the kernel adds up', (frameCount) => {
    const [length, size] = [50, 128];
    const window = noise(length, 2).map(Math.abs);
    const onset = new Float32Array(Math.ceil(frameCount / 8) * 8 + length - 1).fill(7);
    onset.set(noise(frameCount + length - 1, 3).map((value, i) => (i > 3 && i < 57 ? 0 : Math.abs(value)))); // some frames are silent
    const sums = placed(new Float32Array(4 * size));
    run.addAutocorrelations(
      placed(onset),
      frameCount,
      length,
      placed(window),
      size,
      placed(quadFftTwiddles(size)),
      arena.keep(32 * size),
      sums,
    );
    const lanes = arena.f32(sums, 4 * size);
    const spectrum = Float64Array.from(
      quadFftPositions(size),
      (at) => lanes[4 * at]! + lanes[4 * at + 1]! + lanes[4 * at + 2]! + lanes[4 * at + 3]!,
    );
    const inverse = fftTwin(spectrum, new Float64Array(size)).re.map((value) => value / size); // real part: the direction does not matter
    expect(deviation(inverse.subarray(0, length), autocorrelationTwin(onset, frameCount, window))).toBeLessThan(1e-6);
  });
});
