import { blocks } from './golden.fixture.js';
import { hann } from './hann.js';

describe('the Hann window', () => {
  it('begins at 0 and is 1 in the middle', () => expect([hann(8)[0], hann(8)[4]]).toEqual([0, 1]));
  it('is periodic: the next value would be 0 again, not the last', () => expect(hann(8)[7]).toBeCloseTo(hann(8)[1]!, 12));
  it("is librosa's", () => {
    for (const [i, [value]] of Object.entries(blocks.hann2048.columns)) expect(hann(2048)[Number(i)]).toBeCloseTo(value!, 6);
  });
});
