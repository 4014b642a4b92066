import { flatnessTwin } from './flatness.twin.js';
import { deviation, noise, owner, placedQuads, powerOf } from './quads.fixture.js';

const { run, arena } = owner;

describe('flatness', () => {
  const binCount = 1025;
  const scales = [1, 1e-4, 1e3, 0, 1e-6];
  const frames = scales.map((scale, seed) => noise(binCount, seed + 1).map((value) => value ** 2 * scale));
  const out = arena.keep(64);
  run.quadFlatness(placedQuads(frames), 2, binCount, out);
  const values = arena.f32(out, 16);
  const at = (t: number) => 8 * (t >> 2) + (t & 3);

  it.each(scales.map((scale, t) => [scale, t]))('has the mean logarithm and the mean of its twin (amplitude %d)', (_, t) => {
    const { meanLog, mean } = flatnessTwin(powerOf(frames[t]!));
    expect(deviation([values[at(t)]!], [meanLog])).toBeLessThan(1e-6);
    expect(deviation([values[at(t) + 4]!], [mean])).toBeLessThan(1e-6);
  });
});
