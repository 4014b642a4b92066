import { blocks, expectGolden, framesOf, goldenSamples, noise, sampleRate, silence } from './golden.fixture.js';

const mfcc = (samples: Float32Array, coefficients = 13) => framesOf({ feature: 'mfcc', coefficients }, samples);

describe('the MFCC', () => {
  it('of silence are −100 dB in each of 128 bands: −100·√128 and then zeros', () => {
    const { values, frames } = mfcc(silence);
    expect(values[3]).toBeCloseTo(-100 * Math.sqrt(128), 2);
    expect(values.subarray(frames).every((value) => value === 0)).toBe(true);
  });
  it('change in the first only when all is louder', () => {
    const [quiet, loud] = [mfcc(noise(sampleRate, 0.1)), mfcc(noise(sampleRate, 0.2))];
    const { frames } = quiet;
    expect(loud.values[10]! - quiet.values[10]!).toBeCloseTo(20 * Math.log10(2) * Math.sqrt(128), 2);
    for (let k = 1; k < 13; k++) expect(loud.values[k * frames + 10]).toBeCloseTo(quiet.values[k * frames + 10]!, 2);
  });
  it('do not depend on how many there are', () => {
    const [few, many] = [mfcc(goldenSamples, 3), mfcc(goldenSamples, 40)];
    expect(many.values.subarray(0, few.values.length)).toEqual(few.values);
  });
  it('are the same when the spectrogram is too large to keep', () => {
    expect(framesOf({ feature: 'mfcc', coefficients: 13 }, goldenSamples, { isResident: false }).values).toEqual(
      mfcc(goldenSamples).values,
    );
  });
  it("are librosa's", () => expectGolden(mfcc(goldenSamples), blocks.mfcc13, 1e-4, 5e-4));
});
