import { noise, owner, placed, placedQuads } from './quads.fixture.js';
import { rowsTwin } from './rows.twin.js';

const { run, arena } = owner;

describe('rows of quads', () => {
  const stride = 15;
  const before = noise(6 * stride, 9);

  it.each([1, 3, 4, 8, 11])('of %i frames are those of their twin, and nothing else is touched', (frameCount) => {
    const frames = Array.from({ length: frameCount }, (_, t) => noise(6, t + 1));
    const matrix = placed(before);
    expect(Boolean(run.quadRows(placedQuads(frames), frameCount, 6, matrix, stride))).toBe(true);
    expect(arena.f32(matrix, before.length)).toEqual(rowsTwin(frames, before, stride));
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('tell that %d is among them', (bad) => {
    for (const t of [0, 3, 5]) {
      const frames = Array.from({ length: 6 }, () => noise(6, 1));
      frames[t]![4] = bad;
      expect(Boolean(run.quadRows(placedQuads(frames), 6, 6, placed(before), stride))).toBe(false);
    }
  });
});
