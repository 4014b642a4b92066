import { powerTwin } from './power.twin.js';
import { deviation, noise, owner, placedQuads, powerOf, readQuads } from './quads.fixture.js';

const { run, arena } = owner;

describe('power', () => {
  const binCount = 1025;
  const frames = [1, 1e-4, 1e3, 0].map((scale, seed) => noise(binCount, seed + 1).map((value) => value ** 2 * scale));
  const [running, total, logs] = [arena.keep(16 * binCount), arena.keep(16 * binCount), arena.keep(16)];
  arena.f32(total, 4 * binCount).fill(1);
  run.quadPower(placedQuads(frames), binCount, running, total, logs);
  const sums = readQuads(running, 4, binCount);
  const totals = readQuads(total, 4, binCount);

  it.each([0, 1, 2, 3])('has the running sum and the mean logarithm of its twin (lane %d)', (t) => {
    const twin = powerTwin(powerOf(frames[t]!));
    expect(deviation(sums[t]!, twin.running)).toBeLessThan(1e-6);
    expect(deviation([arena.f32(logs, 4)[t]!], [twin.meanLog])).toBeLessThan(1e-6);
  });

  it('is added to what was there', () => {
    const added = powerOf(frames[0]!).map((power) => power + 1);
    expect(deviation(totals[0]!, added)).toBeLessThan(1e-6);
    expect([...totals[3]!].every((value) => value === 1)).toBe(true);
  });
});
