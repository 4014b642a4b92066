import { families } from './families.js';
import { syntheticSound } from './sounds.js';

// A few short ones: in tests a sound takes twenty times as long as elsewhere.
const short = families
  .map(({ name }, family) => [name, family] as const)
  .filter(([name]) => ['kick', 'clap', 'rim', 'bass'].includes(name));

describe('the synthetic sounds', () => {
  it('are of 18 families', () => expect(new Set(families.map(({ name }) => name)).size).toBe(18));

  it.each(short)('are finite, heard, the same again and not twice the same (%s)', (_, family) => {
    const [first, second] = [0, 1].map((v) => syntheticSound(5, family, 0, v).samples);
    for (const samples of [first!, second!]) {
      expect(samples.every(Number.isFinite)).toBe(true);
      expect(samples.length).toBeGreaterThan(4410);
      expect(samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeGreaterThan(0.2);
    }
    expect(first).not.toEqual(second);
    expect(syntheticSound(5, family, 0, 0).samples).toEqual(first);
  });
});
