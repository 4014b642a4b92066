import { fftSizeFor, hopFor } from './picture.js';

describe('the step between the frames of a picture', () => {
  it('is fine for a word', () => expect(hopFor(0.6 * 8_000, 512)).toBe(64));
  it('gives at least 600 frames where there are as many', () => {
    for (const seconds of [5, 8, 12]) expect((seconds * 22_050) / hopFor(seconds * 22_050, 1_024)).toBeGreaterThanOrEqual(600);
  });
  it('stays below half of a frame, however long the clip is', () => expect(hopFor(3_600 * 44_100, 2_048)).toBe(1_024));
});

describe('a frame of a picture', () => {
  it.each([8_000, 16_000, 22_050, 44_100])('lasts 40 to 90 ms at %i Hz', (rate) => {
    expect(fftSizeFor(rate) / rate).toBeGreaterThan(0.04);
    expect(fftSizeFor(rate) / rate).toBeLessThan(0.09);
  });
});
