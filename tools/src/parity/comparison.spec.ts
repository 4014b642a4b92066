import { Comparison } from './comparison.js';
import { toleranceOf } from './tolerance.js';

describe('the comparison', () => {
  it('passes what is inside either tolerance', () => {
    const comparison = new Comparison();
    comparison.compare('p', 'clip', 'no resampling', { name: 'rms', ours: 1.000009, reference: 1 });
    comparison.compare('p', 'clip', 'no resampling', { name: 'mfcc_mean_3', ours: 0.0003, reference: 0 });
    expect(comparison.faults).toEqual([]);
  });

  it('reports what is outside both, with both values', () => {
    const comparison = new Comparison();
    comparison.compare('p', 'clip', 'no resampling', { name: 'rms', ours: 1.001, reference: 1 });
    expect(comparison.faults).toEqual(['p clip rms: 1.001 where librosa has 1 (no resampling)']);
    expect(comparison.table()).toMatch(/\| p \| rms \| no resampling \| 1 \| 1\.0e-3 \| 1\.0e-3 \| 1\.0e-3 \| clip \| 1 \|/);
  });

  it('reports a value that is no number', () => {
    const comparison = new Comparison();
    comparison.compare('p', 'clip', 'resampled', { name: 'rms', ours: Number.NaN, reference: 1 });
    expect(comparison.faults).toHaveLength(1);
  });
});

describe('the tolerance', () => {
  it('has an absolute part, the largest for MFCC', () => {
    expect(toleranceOf('mfcc_mean')).toEqual({ relative: 2e-5, absolute: 4e-4 });
    expect(toleranceOf('log-mel values')).toEqual({ relative: 2e-5, absolute: 1e-5 });
    expect(toleranceOf('chroma')).toEqual({ relative: 1e-5, absolute: 1e-6 });
  });
  it.each(['tempo', 'zcr_mean', 'spectral_rolloff_std'])('of %s is that of its decimals', (feature) => {
    expect(toleranceOf(feature)).toEqual({ relative: 2e-7, absolute: 0 });
  });
  it('is known of every feature that is compared', () => expect(() => toleranceOf('loudness')).toThrow('no tolerance'));
});
