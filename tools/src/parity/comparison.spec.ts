import { Comparison } from './comparison.js';
import { toleranceOf } from './tolerance.js';

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
    expect(comparison.table()).toMatch(/\| p \| rms \| no resampling \| 1 \| 1\.0e-3 \| 1\.0e-3 \| 1\.0e-3 \| clip \| 1 \|/);
  });

  it('reports a value that is no number', () => {
    const comparison = new Comparison();
    comparison.compare('p', 'clip', 'resampled', { name: 'rms', ours: Number.NaN, reference: 1 });
    expect(comparison.faults).toHaveLength(1);
  });
});

describe('the tolerance', () => {
  it('has an absolute part that counts for decibels only', () => {
    expect(toleranceOf('mfcc_mean')).toEqual({ relative: 1e-4, absolute: 5e-4 });
    expect(toleranceOf('chroma')).toEqual({ relative: 1e-4, absolute: 1e-6 });
  });
  it('of the tempo is none', () => expect(toleranceOf('tempo')).toEqual({ relative: 1e-6, absolute: 0 }));
});
