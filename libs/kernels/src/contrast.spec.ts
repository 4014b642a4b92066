import { contrastTwin } from './contrast.twin.js';
import { deviation, noise, owner, placed, placedQuads, readQuads } from './quads.fixture.js';

const { run, arena } = owner;

describe('contrast', () => {
  const binCount = 1025;
  const edges = Uint32Array.of(0, 1, 6, 25, 55, 300, 1025);
  const steps = (seed: number) => noise(binCount, seed).map((value) => Math.round(Math.abs(value) * 3)); // many equal values
  const frames = [
    noise(binCount, 1).map(Math.abs),
    noise(binCount, 2).map((value) => value ** 8),
    steps(3),
    new Float32Array(binCount),
    Float32Array.from({ length: binCount }, (_, k) => (k % 100 === 0 ? 1e30 : 1e-30)),
    new Float32Array(binCount).fill(0.25),
  ];
  const out = arena.keep(2 * 16 * (edges.length - 1));
  run.quadContrast(placedQuads(frames), 2, binCount, placed(edges), edges.length - 1, out);
  const rows = readQuads(out, frames.length, edges.length - 1);

  it.each(frames.map((_, t) => t))('is that of its twin, also among equal values, zeros and far apart ones (frame %d)', (t) => {
    expect(deviation(rows[t]!, contrastTwin(frames[t]!, edges))).toBeLessThan(1e-5);
  });
});
