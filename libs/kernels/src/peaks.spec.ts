import { peaksTwin } from './peaks.twin.js';
import { noise, owner, placedQuads, powerOf } from './quads.fixture.js';

const { run, arena } = owner;

describe('spectral peaks', () => {
  it('are exactly those of their twin, frame by frame within a quad bin by bin', () => {
    const [binCount, first, end, binHz] = [513, 14, 372, 22_050 / 1024];
    const frames = [1, 2, 3, 4, 5].map((seed) => noise(binCount, seed).map(Math.abs));
    frames[1]![100] = frames[1]![99] = 2; // a plateau is a peak at its left end
    const out = arena.keep(8 * 8 * binCount);
    const count = run.quadPeaks(placedQuads(frames), 2, binCount, first, end, binHz, out);
    const values = arena.f32(out, 2 * count);
    const found = Array.from({ length: count }, (_, i) => `${values[2 * i + 1]} ${values[2 * i]}`).toSorted();
    const expected = frames
      .flatMap((frame) => peaksTwin(powerOf(frame), first, end, binHz).map(({ pitch, height }) => `${pitch} ${height}`))
      .toSorted();
    expect(count).toBeGreaterThan(300);
    expect(found).toEqual(expected);
  });
});
