import { blocks, expectGolden, framesOf, goldenSamples, sampleRate, silence, tone } from './golden.fixture.js';
import { onsetDelayFrames, onsetEnvelope } from './onset-strength.js';

const strength = (samples: Float32Array, isResident = true) =>
  framesOf({ feature: 'onset-strength', aggregate: 'mean' }, samples, { isResident });

describe('the onset strength', () => {
  it('is 0 for silence', () => expect(strength(silence).values.every((value) => value === 0)).toBe(true));
  it('is greatest where a sound begins', () => {
    const samples = new Float32Array(2 * sampleRate);
    samples.set(tone(700, 1), sampleRate);
    const { values } = strength(samples);
    expect(Math.abs(values.indexOf(Math.max(...values)) - sampleRate / 512)).toBeLessThan(3);
  });
  it('is the same across the borders of blocks, kept or computed again', () => {
    expect(strength(goldenSamples, false).values).toEqual(strength(goldenSamples).values);
  });
  it("moved by two frames, is librosa's", () => {
    const { values, ...shape } = strength(goldenSamples);
    const envelope = { ...shape, values: onsetEnvelope(values, onsetDelayFrames(2048, 512)) };
    expectGolden(envelope, blocks.onsetStrength, 1e-4, 1e-5);
  });
});

describe('the onset envelope', () => {
  it('has zeros in front and keeps its length', () =>
    expect(Array.from(onsetEnvelope(Float32Array.of(0, 5, 6, 7), 2))).toEqual([0, 0, 0, 5]));
  it('of a clip shorter than the delay is 0', () => expect(Array.from(onsetEnvelope(Float32Array.of(3), 2))).toEqual([0]));
});
