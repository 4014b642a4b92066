import { soxrStages } from './soxr-stages.js';

describe("soxr's stages", () => {
  it('are a low-pass alone for simple ratios, with the kernel that its impulse responses show', () => {
    for (const [from, to] of [
      [44_100, 22_050],
      [11_025, 22_050],
    ] as const) {
      const { lowPass, interpolator } = soxrStages(from, to)!;
      expect(interpolator).toBeNull();
      expect(lowPass.c).toBeCloseTo(0.956872, 6);
      expect(lowPass.beta).toBeCloseTo(13.04, 3);
      expect(lowPass.reach).toBeCloseTo(97.25, 10);
    }
  });

  it.each([
    [8000, 22_050, 15, 102.25],
    [22_050, 16_000, 12, 101.77],
    [48_000, 22_050, 14, 102.21],
  ])('from %i to %i Hz have an interpolator of %i taps behind a low-pass that reaches %d samples', (from, to, taps, reach) => {
    const { lowPass, interpolator } = soxrStages(from, to)!;
    expect(interpolator!.taps).toBe(taps);
    expect(interpolator!.reach).toBeLessThanOrEqual(taps / 2);
    expect(lowPass.reach).toBeCloseTo(reach, 2);
  });

  it.each([
    [28_000, 16_000],
    [4000, 22_050],
  ])('from %i to %i Hz are of another kind', (from, to) => expect(soxrStages(from, to)).toBeNull());
});
