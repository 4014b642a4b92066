import { peaksTwin } from './peaks.twin.js';
import { noise, owner, placedQuads, powerOf } from './quads.fixture.js';

const { run, arena } = owner;

describe('spectral peaks', () => {
  it('are exactly those of their twin, frame by frame within a quad bin by bin', () => {
    const [binCount, first, end, binHz] = [513, 14, 372, 22_050 / 1024];
    const frames = [1, 2, 3, 4, 5].map((seed) => noise(binCount, seed).map(Math.abs));
    frames[1]![100] = frames[1]![99] = 2; // a plateau is a peak at its left end
    const out = arena.keep(8 * 8 * binCount);
    const quads = placedQuads(frames);
    const firstCount = run.quadPeaks(quads, binCount, first, end, binHz, 0, out);
    const count = firstCount + run.quadPeaks(quads + 16 * binCount, binCount, first, end, binHz, 0, out + 8 * firstCount);
    const values = arena.f32(out, 2 * count);
    const found = Array.from({ length: count }, (_, i) => `${values[2 * i + 1]} ${values[2 * i]}`).toSorted();
    const expected = frames
      .flatMap((frame) => peaksTwin(powerOf(frame), first, end, binHz).map(({ pitch, height }) => `${pitch} ${height}`))
      .toSorted();
    expect(count).toBeGreaterThan(300);
    expect(found).toEqual(expected);
  });

  it.each([
    ['two bins that are nearly equal', 1 + 1e-7, 0.5, -1],
    ['a bin that nearly reaches a tenth of the highest', 0.9, Math.sqrt(0.1 * (1 + 1e-7)), -1],
    ['nothing of the kind', 0.9, 0.5, 2],
  ])('are in doubt for %s', (_, beside, alone, expected) => {
    const frame = new Float32Array(65);
    frame.set([0.2, 1, beside, 0.1], 10);
    frame[30] = alone;
    expect(run.quadPeaks(placedQuads([frame]), 65, 5, 60, 100, 2e-6, arena.keep(8 * 130))).toBe(expected);
  });
});
