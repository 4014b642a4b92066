import { costMsPerSecond } from './cost.js';
import { defineProfile, type ProfileDefinition } from './profile.js';
import { electro45, profiles } from './profiles.js';

const { id: _, hash: _hash, ...electro } = electro45;
const mine = (changes: Partial<ProfileDefinition>) => defineProfile({ ...electro, name: 'mine', ...changes });
const framesOf = (fftSize: number, hopSamples: number) => ({ ...electro.frames, fftSize, hopSamples });

describe('the cost of a second of audio', () => {
  it('is a few milliseconds for all profiles that come with Earshot', () => {
    expect(costMsPerSecond(profiles)).toBeGreaterThan(1);
    expect(costMsPerSecond(profiles)).toBeLessThan(5);
  });

  it('adds up over profiles', () => expect(costMsPerSecond([electro45, electro45])).toBeCloseTo(2 * costMsPerSecond([electro45]), 9));

  it('grows with the frames in a second', () => {
    const [often, seldom] = [128, 512].map((hop) => costMsPerSecond([mine({ frames: framesOf(2_048, hop) })]));
    expect(often! / seldom!).toBeGreaterThan(2);
  });

  it('tells what takes seconds', () => {
    const columns = Array.from({ length: 256 }, (_, n) => ({
      name: `c${n}`,
      of: { feature: 'spectral-centroid' } as const,
      take: 'mean' as const,
    }));
    expect(costMsPerSecond([mine({ frames: framesOf(16_384, 4), output: { kind: 'vector', columns } })])).toBeGreaterThan(1_000);
  });

  it('tells eight profiles at rates that nothing is recorded in', () => {
    const wide = Array.from({ length: 8 }, (_, n) => mine({ sampleRate: 164_000 + 4_000 * n }));
    expect(costMsPerSecond(wide)).toBeGreaterThan(25);
  });
});
