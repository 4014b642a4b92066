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
  run.quadShape(placedQuads(frames), 2, binCount, binHz, 0.85, arena.keep(16 * binCount), out[0]!, out[1]!, out[2]!);
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
});
