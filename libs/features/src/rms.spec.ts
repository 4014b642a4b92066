import { blocks, expectGolden, framesOf, goldenSamples, silence, tone } from './golden.fixture.js';

const rms = (samples: Float32Array) => framesOf({ feature: 'rms' }, samples);

describe('the root mean square', () => {
  it('of a sine is its amplitude over √2', () => expect(rms(tone(1000, 1, 0.6)).values[20]).toBeCloseTo(0.6 / Math.SQRT2, 3));
  it('sees zeros outside the signal: the first frame is half empty', () => {
    const { values } = rms(new Float32Array(4096).fill(1));
    expect(values[0]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(values[2]).toBe(1);
  });
  it('is 0 for silence', () => expect(rms(silence).values.every((value) => value === 0)).toBe(true));
  it("is librosa's within 0.01 %", () => expectGolden(rms(goldenSamples), blocks.rms, 1e-4, 0));
});
