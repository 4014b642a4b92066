import { splitRatio } from './soxr-ratio.js';

describe('a ratio', () => {
  it.each([
    [44_100, 22_050, { halvings: 0, firstUp: 1, firstDown: 2, step: 1, phases: 1, lastUp: 1, lastDown: 1 }],
    [8000, 22_050, { halvings: 0, firstUp: 2, firstDown: 1, step: 320, phases: 441, lastUp: 1, lastDown: 1 }],
    [22_050, 16_000, { halvings: 0, firstUp: 2, firstDown: 0, step: 441, phases: 160, lastUp: 1, lastDown: 1 }],
    [192_000, 22_050, { halvings: 2, firstUp: 1, firstDown: 0, step: 320, phases: 147, lastUp: 1, lastDown: 1 }],
    [4000, 22_050, { halvings: 0, firstUp: 2, firstDown: 1, step: 640, phases: 441, lastUp: 4, lastDown: 1 }],
    [28_000, 16_000, { halvings: 0, firstUp: 1, firstDown: 1, step: 7, phases: 8, lastUp: 1, lastDown: 2 }],
  ])('of %i to %i Hz is split as soxr splits it', (from, to, expected) => {
    expect(splitRatio(from / to)).toMatchObject({ ...expected, isUp: to > from, isRational: true });
  });

  it('with too many phases is not rational', () => {
    expect(splitRatio(44_101 / 22_050)).toMatchObject({ isRational: false, phases: 1, step: 44_101 / 22_050 });
  });
});
