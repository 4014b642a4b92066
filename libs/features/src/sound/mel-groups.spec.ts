import { MelGroups } from './mel-groups.js';

const rule = { bands: 8, rangeDb: 60, decayDb: 20 } as const;
const framesPerSecond = 100;

/** Frames of 16 bands as quads; each frame is the power of the bands of the lower and of the upper group. */
function quads(frames: readonly (readonly [number, number])[]): Float32Array {
  const values = new Float32Array(Math.ceil(frames.length / 4) * 64);
  frames.forEach(([low, high], t) => {
    for (let b = 0; b < 16; b++) values[(t >> 2) * 64 + 4 * b + (t & 3)] = b < 8 ? low : high;
  });
  return values;
}

describe('groups of mel bands', () => {
  const measured = (...blocks: (readonly (readonly [number, number])[])[]) => {
    const groups = new MelGroups(16, rule, framesPerSecond);
    for (const block of blocks) groups.measure(quads(block), block.length);
    return groups;
  };
  const seconds = (value: number) => 2 ** value - 0.005;

  it('have levels relative to the loudest, as deep as the range', () => {
    expect([...measured([[1, 0.01]]).levels()].map(Math.round)).toEqual([0, -20]);
    expect([...measured([[1, 0]]).levels()]).toEqual([0, -60]);
  });

  it('fade from their first peak, over the border of blocks; what does not fade lasts to the end', () => {
    const groups = measured(
      [
        [0.1, 0.5],
        [1, 0.5],
        [0.5, 0.5],
      ],
      [
        [0.02, 0.5],
        [0.009, 0.5],
        [0.5, 0.5],
      ],
    );
    expect([...groups.decays()].map((decay) => Math.round(100 * seconds(decay)))).toEqual([3, 6]);
  });

  it('begin anew with a louder peak', () => {
    const groups = measured([
      [0.1, 1],
      [0.0001, 1],
      [1, 1],
      [0.5, 1],
      [0.001, 1],
    ]);
    expect(seconds(groups.decays()[0]!)).toBeCloseTo(0.02, 6);
  });

  it('know the flatness of each frame: 0 where all bands are equal', () => {
    const { flatness } = measured([
      [1, 1],
      [1, 0],
    ]);
    expect(flatness[0]).toBeCloseTo(0, 5);
    expect(flatness[1]).toBeCloseTo(Math.log10(2 * Math.sqrt(1e-10)), 1);
  });
});
