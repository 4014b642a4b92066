import { decibelsTwin } from './decibels.twin.js';
import { owner, placed } from './quads.fixture.js';

const { run, arena } = owner;

describe('decibels', () => {
  const values = Float32Array.from({ length: 4000 }, (_, i) => (i === 0 ? 0 : 10 ** ((i - 2000) / 60)));
  const pointer = placed(values);
  const largest = run.decibels(pointer, values.length);
  const db = arena.f32(pointer, values.length);

  it('are those of their twin, from −100 dB to 330 dB', () => {
    values.forEach((value, i) => {
      expect(Math.abs(db[i]! - decibelsTwin(value))).toBeLessThanOrEqual(1e-6 * Math.max(10, Math.abs(decibelsTwin(value))));
    });
  });

  it('tell their largest', () => expect(largest).toBe(db[3999]));
  it('end at −100', () => expect(db[0]).toBeCloseTo(-100, 4));
});
