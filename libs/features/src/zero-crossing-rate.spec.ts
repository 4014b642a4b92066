import { blocks, expectGolden, framesOf, goldenSamples, noise, silence } from './golden.fixture.js';

const rate = (samples: Float32Array) => framesOf({ feature: 'zero-crossing-rate' }, samples);

describe('the zero-crossing rate', () => {
  it('counts each change of sign once, inside the frame', () => {
    const square = Float32Array.from({ length: 8192 }, (_, i) => (Math.floor(i / 64) % 2 === 0 ? 0.5 : -0.5));
    expect(rate(square).values[8]).toBe(31 / 2048); // a change each 64 samples, the one at the frame's first sample not counted
  });
  it('sees no change at the edges of a signal below zero', () =>
    expect(rate(new Float32Array(3000).fill(-1)).values.every((value) => value === 0)).toBe(true));
  it('of a signal that ends on a whole hop counts its last crossing only', () => {
    const samples = new Float32Array(2048).fill(1);
    samples[2047] = -1;
    expect(Array.from(rate(samples).values)).toEqual([0, 0, 1, 1, 1].map((count) => count / 2048));
  });
  it('takes a thousandth of nothing for zero', () => expect(rate(noise(8192, 1e-11)).values.every((value) => value === 0)).toBe(true));
  it('is 0 for silence', () => expect(rate(silence).values.every((value) => value === 0)).toBe(true));
  it("is exactly librosa's", () => expectGolden(rate(goldenSamples), blocks.zeroCrossingRate, 1e-7, 0));
});
