import { framesOf, goldenSamples, silence, tone } from './golden.fixture.js';

const logMel = (samples: Float32Array) => framesOf({ feature: 'log-mel' }, samples);

describe('the log-mel spectrogram', () => {
  it('of silence is −100 dB', () => expect(logMel(silence).values.every((db) => Math.abs(db + 100) < 1e-4)).toBe(true));
  it('is never more than 80 dB below its loudest value', () => {
    const { values } = logMel(tone(1000));
    expect(Math.min(...values)).toBeCloseTo(Math.max(...values) - 80, 3);
  });
  it('rises by 6 dB with twice the amplitude', () => {
    const [once, twice] = [logMel(goldenSamples), logMel(goldenSamples.map((sample) => 2 * sample))];
    expect(Math.max(...twice.values) - Math.max(...once.values)).toBeCloseTo(20 * Math.log10(2), 4);
  });
});
