import { chromaBank } from './chroma.js';
import { blocks, expectGolden, framesOf, goldenSamples, silence, tone } from './golden.fixture.js';

const chroma = (samples: Float32Array) => framesOf({ feature: 'chroma' }, samples);

describe('chroma', () => {
  it.each([
    [440, 9],
    [261.63, 0],
    [369.99, 6],
  ])('of a tone at %d Hz is strongest in class %i', (hz, row) => {
    const { values, frames, rows } = chroma(tone(hz));
    expect(Array.from({ length: rows }, (_, c) => values[c * frames + 20]!).indexOf(1)).toBe(row);
  });
  it('follows the tuning: a tone a quarter of a semitone too high is still one class', () => {
    const { values, frames } = chroma(tone(440 * 2 ** (0.25 / 12)));
    expect(values[9 * frames + 20]).toBe(1);
    expect(values[10 * frames + 20]).toBeLessThan(0.3);
  });
  it('is 0 for silence', () => expect(chroma(silence).values.every((value) => value === 0)).toBe(true));
  it("is librosa's", () => expectGolden(chroma(goldenSamples), blocks.chroma, 1e-4, 1e-6));
});

describe('the chroma bank', () => {
  it("is librosa's", () => {
    const bank = chromaBank(22_050, 2048, 0);
    for (const [k, column] of Object.entries(blocks.chromaFilterTuning0.columns)) {
      for (const [c, weight] of column.entries()) expect(bank[12 * Number(k) + c]).toBeCloseTo(weight, 6);
    }
  });
});
