import { blocks, expectGolden, framesOf, goldenSamples, noise, sampleRate, silence, tone } from './golden.fixture.js';

const flatness = (samples: Float32Array) => framesOf({ feature: 'spectral-flatness' }, samples);

describe('the spectral flatness', () => {
  it('is almost 0 for a tone', () => expect(flatness(tone(1000)).values[20]).toBeLessThan(1e-4));
  it('of white noise is e to the minus Euler’s constant', () => {
    const { values } = flatness(noise(10 * sampleRate));
    expect(values.reduce((sum, value) => sum + value / values.length, 0)).toBeCloseTo(0.5615, 2);
  });
  it('is 1 for silence', () => expect(flatness(silence).values.every((value) => Math.abs(value - 1) < 1e-6)).toBe(true));
  it("is librosa's within 0.01 %", () => expectGolden(flatness(goldenSamples), blocks.flatness, 1e-4, 1e-9));
});
