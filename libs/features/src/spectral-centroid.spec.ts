import { binHz, blocks, expectGolden, framesOf, goldenSamples, silence, tone } from './golden.fixture.js';

const centroid = (samples: Float32Array) => framesOf({ feature: 'spectral-centroid' }, samples);

describe('the spectral centroid', () => {
  it('is the frequency of a tone', () => expect(centroid(tone(100 * binHz)).values[20]).toBeCloseTo(100 * binHz, 0));
  it('does not change with loudness', () => expect(centroid(tone(500, 1, 0.5)).values).toEqual(centroid(tone(500, 1, 0.25)).values));
  it('is 0 Hz for silence', () => expect(centroid(silence).values.every((hz) => hz === 0)).toBe(true));
  it("is librosa's within 0.01 %", () => expectGolden(centroid(goldenSamples), blocks.centroid, 1e-4, 0));
});
