import { soundDeviations, soundFaults } from './sound-golden.js';

describe('the golden values of sound-97@1', () => {
  it('are ours, at every sample rate', async () => {
    const deviations = await soundDeviations();
    expect(deviations.length).toBe(29);
    expect(deviations.every(({ entries }) => entries.length === 97)).toBe(true);
    expect(soundFaults(deviations)).toEqual([]);
  });

  it('are not those of a clip that differs, or of none', () => {
    const entry = { column: 'pitch', reference: 9, allowed: 0.01 };
    const faults = soundFaults([
      { clip: 'x', sampleRate: 44_100, entries: [{ ...entry, ours: 9.1, sigmas: 0.03 }] },
      { clip: 'y', sampleRate: 44_100, entries: [{ ...entry, ours: Number.NaN, sigmas: Number.NaN }] },
    ]);
    expect(faults).toHaveLength(2);
  });
});
