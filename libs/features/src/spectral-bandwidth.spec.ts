import { binHz, blocks, expectGolden, framesOf, goldenSamples, noise, sampleRate, silence, tone } from './golden.fixture.js';

const bandwidth = (samples: Float32Array) => framesOf({ feature: 'spectral-bandwidth' }, samples);

describe('the spectral bandwidth', () => {
  it('is small for a tone', () => expect(bandwidth(tone(200 * binHz)).values[20]).toBeLessThan(2 * binHz));
  it('of white noise is that of an even distribution, its range over √12', () => {
    const { values } = bandwidth(noise(10 * sampleRate));
    expect(values.reduce((sum, hz) => sum + hz / values.length, 0) / (sampleRate / 2 / Math.sqrt(12))).toBeCloseTo(1, 1);
  });
  it('is 0 Hz for silence', () => expect(bandwidth(silence).values.every((hz) => hz === 0)).toBe(true));
  it("is librosa's within 0.01 %", () => expectGolden(bandwidth(goldenSamples), blocks.bandwidth, 1e-4, 0));
});
