import { Comparison } from './comparison.js';
import { passageOf, toleranceOf } from './tolerance.js';

describe('the comparison', () => {
  it('passes what is inside either tolerance', () => {
    const comparison = new Comparison();
    comparison.compare('p', 'clip', 'no resampling', { name: 'rms', ours: 1.00009, reference: 1 });
    comparison.compare('p', 'clip', 'no resampling', { name: 'mfcc_mean_3', ours: 0.0004, reference: 0 });
    expect(comparison.faults).toEqual([]);
  });

  it('reports what is outside both, with both values', () => {
    const comparison = new Comparison();
    comparison.compare('p', 'clip', 'no resampling', { name: 'rms', ours: 1.001, reference: 1 });
    expect(comparison.faults).toEqual(['p clip rms: 1.001 where librosa has 1 (no resampling)']);
    expect(comparison.table()).toMatch(/\| p \| rms \| no resampling \| 1 \| 1\.0e-3 \| 1\.0e-3 \| 1\.0e-3 \| clip \| 0 \| 1 \|/);
  });

  it('reports a value that is no number', () => {
    const comparison = new Comparison();
    comparison.compare('p', 'clip', 'resampled', { name: 'rms', ours: Number.NaN, reference: 1 });
    expect(comparison.faults).toHaveLength(1);
  });

  it('calls undetermined only what moves by more than the tolerance with the rounding', () => {
    const comparison = new Comparison();
    const entry = { name: 'zcr', ours: 0.2, reference: 0.3 };
    comparison.compare('p', 'clip', 'resampled', { ...entry, otherwise: () => [0.1, 0.35] });
    expect(comparison.faults).toEqual([]);
    comparison.compare('p', 'clip', 'resampled', { ...entry, otherwise: () => [0.20001, 0.19999] });
    expect(comparison.faults).toHaveLength(1);
  });
});

describe('the tolerance', () => {
  it('is strict where the resampler changes nothing, or halves or doubles', () => {
    for (const rate of [22_050, 44_100, 11_025]) expect(toleranceOf('c', 'rms', passageOf(rate, 22_050)).relative).toBe(1e-4);
    expect(passageOf(48_000, 22_050)).toBe('resampled');
  });
  it('of the tempo is none', () => expect(toleranceOf('c', 'tempo', 'resampled')).toEqual({ relative: 1e-6, absolute: 0 }));
});
