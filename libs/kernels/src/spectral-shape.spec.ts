import { deviation, noise, owner, placedQuads } from './quads.fixture.js';
import { shapeTwin } from './spectral-shape.twin.js';

const { run, arena } = owner;
const binHz = 22_050 / 2048;

describe('centroid, bandwidth and roll-off', () => {
  const binCount = 1025;
  const frames = [1, 2, 3, 4, 5].map((seed) => noise(binCount, seed).map((value) => Math.sqrt(value ** 2 * seed)));
  frames.push(
    new Float32Array(binCount),
    Float32Array.from({ length: binCount }, (_, k) => (k === 100 ? 4 : 0)),
  );
  const out = [0, 1, 2].map(() => arena.keep(32));
  const doubtful = arena.keep(16);
  const shapes = (quads: number, quadCount: number) =>
    run.quadShape(quads, quadCount, binCount, binHz, 0.85, arena.keep(16 * binCount), out[0]!, out[1]!, out[2]!, doubtful);
  shapes(placedQuads(frames), 2);
  const twins = frames.map((frame) => shapeTwin(frame, binHz, 0.85));

  it.each(['centroid', 'bandwidth', 'rolloff'] as const)('have the %s of their twin', (name) => {
    const pointer = out[['centroid', 'bandwidth', 'rolloff'].indexOf(name)]!;
    expect(
      deviation(
        arena.f32(pointer, frames.length),
        twins.map((twin) => twin[name]),
      ),
    ).toBeLessThan(1e-6);
  });

  it('are 0 in silence', () => expect(out.map((pointer) => arena.f32(pointer, 6)[5])).toEqual([0, 0, 0]));

  it('point at the only bin that sounds', () => {
    const [centroid, bandwidth, rolloff] = out.map((pointer) => arena.f32(pointer, 7)[6]!);
    expect(centroid).toBeCloseTo(100 * binHz, 2);
    expect(bandwidth).toBeCloseTo(0, 2);
    expect(rolloff).toBeCloseTo(100 * binHz, 2);
  });

  it('tell the quads whose roll-off is in doubt: the share is reached, or missed, by next to nothing', () => {
    const steady = (last: number) => Float32Array.from({ length: binCount }, (_, k) => (k < 85 ? 1 : k === 85 ? last : 0));
    const sure = steady(14);
    expect(shapes(placedQuads([sure, sure, sure, sure]), 1)).toBe(0);
    const doubted = shapes(placedQuads([sure, sure, sure, sure, sure, steady(15), sure, sure]), 2);
    expect([...arena.u32(doubtful, doubted)]).toEqual([1]);
  });
});
