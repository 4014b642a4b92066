import { faultRules } from './sound-faults.js';

const columns = ['clipping', 'peak_level', 'flatness', 'active_share', 'duration'];
const usual = { clipping: 0.02, peak_level: -3, flatness: -2, active_share: 0.4, duration: Math.log2(1.005) };
const faultsOf = (changed: Partial<typeof usual>) =>
  faultRules(columns)?.(Float32Array.from(columns, (name) => ({ ...usual, ...changed })[name as keyof typeof usual]));

describe('the rules of faults', () => {
  it('find nothing in a sound as it should be', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it.each([
    ['silent', 'peak_level', { peak_level: -60.1 }, { peak_level: -59.9 }],
    ['clipped', 'clipping', { clipping: 0.18, peak_level: -0.9 }, { clipping: 0.17, peak_level: -0.9 }],
    ['clipped', 'clipping', { clipping: 0.3, peak_level: -0.1 }, { clipping: 0.3, peak_level: -1.1 }], // a square wave that is not full
    ['noise', 'flatness', { flatness: -0.3, active_share: 1 }, { flatness: -0.3, active_share: 0.8 }], // a snare
    ['short', 'duration', { duration: Math.log2(0.029 + 0.005) }, { duration: Math.log2(0.031 + 0.005) }],
  ] as const)('call a sound %s by its %s, and only beyond the line', (fault, feature, beyond, within) => {
    expect(faultsOf(beyond)).toEqual([{ fault, feature }]);
    expect(faultsOf(within)).toEqual([]);
  });

  it('say of silence nothing else, though its last bit may be noise', () => {
    expect(faultsOf({ peak_level: -90, flatness: -0.3, active_share: 1 })).toEqual([{ fault: 'silent', feature: 'peak_level' }]);
  });

  it('do not call a click noise', () => {
    const click = { flatness: -0.3, active_share: 1, duration: Math.log2(0.05 + 0.005) };
    expect(faultsOf(click)).toEqual([]);
  });

  it('are none for other columns', () => {
    expect(faultRules(['rms_mean', 'flatness'])).toBeNull();
  });
});
