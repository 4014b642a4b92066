import { binHz, blocks, expectGolden, framesOf, goldenSamples, noise, sampleRate, silence, tone } from './golden.fixture.js';

const rolloff = (samples: Float32Array, share = 0.85) => framesOf({ feature: 'spectral-rolloff', share }, samples);

describe('the spectral roll-off', () => {
  it('is next to the frequency of a tone', () => expect(rolloff(tone(100 * binHz)).values[20]! / binHz).toBeCloseTo(101, 3));
  it.each([0.25, 0.85])('of white noise lies at its share of the spectrum (%d)', (share) => {
    const { values } = rolloff(noise(10 * sampleRate), share);
    expect(values.reduce((sum, hz) => sum + hz / values.length, 0) / (sampleRate / 2)).toBeCloseTo(share, 1);
  });
  it('is 0 Hz for silence', () => expect(rolloff(silence).values.every((hz) => hz === 0)).toBe(true));
  it("is librosa's within 0.01 %", () => expectGolden(rolloff(goldenSamples), blocks.rolloff, 1e-4, 0));
});
