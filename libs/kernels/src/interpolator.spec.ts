import { type InterpolationTable, interpolate } from './interpolator.js';
import { noise } from './quads.fixture.js';

/** The oracle, in f64. */
function interpolatedTwin(z: Float32Array, table: InterpolationTable, start: number, count: number): Float64Array {
  const { weights, tapCount, phaseCount, step, rowCount = phaseCount } = table;
  return Float64Array.from({ length: count }, (_, i) => {
    const place = start + i * step;
    const n = Math.floor(place / phaseCount);
    const row = ((place % phaseCount) * rowCount) / phaseCount;
    const sumOf = (at: number) =>
      Array.from({ length: tapCount }, (_, j) => z[n + j]! * weights[at * tapCount + j]!).reduce((a, b) => a + b);
    const share = row % 1;
    return (1 - share) * sumOf(Math.floor(row)) + (share > 0 ? share * sumOf(Math.floor(row) + 1) : 0);
  });
}

describe('the interpolator', () => {
  it.each([
    { tapCount: 16, phaseCount: 147, step: 320, count: 100 },
    { tapCount: 12, phaseCount: 441, step: 320, count: 101 },
    { tapCount: 4, phaseCount: 1, step: 3, count: 103 },
    { tapCount: 16, phaseCount: 1000, step: 1, count: 2 },
  ])('equals its twin: $tapCount taps, $phaseCount phases, step $step', ({ count, ...shape }) => {
    const table = { ...shape, weights: noise(shape.tapCount * shape.phaseCount, 1) };
    const z = noise(500, 2);
    const out = new Float32Array(count);
    interpolate(z, table, shape.phaseCount - 1, out);
    interpolatedTwin(z, table, shape.phaseCount - 1, count).forEach((expected, i) => {
      expect(Math.abs(out[i]! - expected)).toBeLessThan(2e-6);
    });
  });

  it('mixes the two rows around a phase when there are fewer rows than phases', () => {
    const table = { tapCount: 12, phaseCount: 22_050, step: 44_101, rowCount: 64, weights: noise(12 * 65, 3) };
    const z = noise(300, 2);
    const out = new Float32Array(120);
    interpolate(z, table, 22_049, out);
    interpolatedTwin(z, table, 22_049, 120).forEach((expected, i) => {
      expect(Math.abs(out[i]! - expected)).toBeLessThan(3e-6);
    });
  });
});
