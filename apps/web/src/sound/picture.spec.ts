import { hopFor } from './picture.js';

describe('the step between the frames of a picture', () => {
  it('is fine for a word', () => expect(hopFor(0.6 * 8_000)).toBe(64));
  it('gives at least 600 frames where there are as many', () => {
    for (const seconds of [5, 8, 12]) expect((seconds * 22_050) / hopFor(seconds * 22_050)).toBeGreaterThanOrEqual(600 / 2);
  });
  it('stays below half of a frame, however long the clip is', () => expect(hopFor(3_600 * 44_100)).toBe(1_024));
});
