import { Comparison } from './comparison.js';
import { passageOf, toleranceOf } from './tolerance.js';

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

  it.each([
    [Number.NaN, 1],
    [1, Number.NaN],
  ])('reports a value that is no number, whosever it is', (ours, reference) => {
    for (const passage of ['no resampling', 'resampled', 'resampled, silent stretch'] as const) {
      const comparison = new Comparison();
      comparison.compare('p', 'clip', passage, { name: 'zcr', ours, reference });
      comparison.compare('p', 'other', passage, { name: 'zcr', ours: 1, reference: 1 });
      comparison.spreadTable();
      expect(comparison.faults).toHaveLength(1);
    }
  });

  it('judges resampled clips by the spread of their column over all clips', () => {
    const comparison = new Comparison();
    for (const reference of [1, 3])
      comparison.compare('p', `clip ${reference}`, 'no resampling', { name: 'rms', ours: reference, reference });
    comparison.compare('p', 'near', 'resampled', { name: 'rms', ours: 1.009, reference: 1 });
    comparison.compare('p', 'as well', 'resampled', { name: 'rms', ours: 3.0001, reference: 3 });
    expect(comparison.spreadTable()).toMatch(/\| p \| rms \| resampled \| 1 \| 2 \| 9\.0e-3 \| 9\.0e-3 \| rms \| near \|/);
    expect(comparison.faults).toEqual([]);
  });

  it('reports a resampled column that is more than a twentieth of its spread off, and a profile that often is a hundredth', () => {
    const comparison = new Comparison();
    comparison.compare('p', 'far', 'resampled', { name: 'rms', ours: 1.06, reference: 1 });
    comparison.compare('p', 'other', 'resampled', { name: 'rms', ours: 3, reference: 3 });
    comparison.spreadTable();
    expect(comparison.faults).toEqual([
      'p rms: 6.0e-2 σ off in far (resampled)',
      'p: 6.0e-2 σ off in one of a hundred entries (resampled)',
    ]);
  });

  it('shows, but does not judge, what a silent stretch makes of features that are blind to level', () => {
    const comparison = new Comparison();
    for (const [ours, reference] of [
      [1.5, 1],
      [3, 3],
    ] as const) {
      comparison.compare('p', 'clip', 'resampled, silent stretch', { name: 'zcr', ours, reference });
      comparison.compare('p', 'clip', 'resampled, silent stretch', { name: 'rms', ours, reference });
    }
    expect(comparison.spreadTable()).toMatch(/\| p \| zcr \| resampled, silent stretch \| 1 \| 2 \| 5\.0e-1/);
    expect(comparison.faults).toHaveLength(2);
    expect(comparison.faults[0]).toMatch(/^p rms: /);
  });

  it('lets no tempo of a resampled clip differ', () => {
    const comparison = new Comparison();
    comparison.compare('p', 'clip', 'resampled', { name: 'tempo', ours: 120.2, reference: 120 });
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

describe('the passage of a clip', () => {
  const clip = (silentSamples: number) => Float32Array.from({ length: 20_000 }, (_, i) => (i >= 5000 && i < 5000 + silentSamples ? 0 : 1));

  it('tells whether it is resampled', () => {
    expect([passageOf(clip(0), 16_000, 16_000), passageOf(clip(0), 16_000, 22_050)]).toEqual(['no resampling', 'resampled']);
  });

  it('tells a stretch of silence as long as a frame beside sound', () => {
    expect(passageOf(clip(1400), 16_000, 22_050)).toBe('resampled');
    expect([1600, 15_000].map((count) => passageOf(clip(count), 16_000, 22_050))).toEqual(Array(2).fill('resampled, silent stretch'));
    expect(passageOf(new Float32Array(20_000), 16_000, 22_050)).toBe('resampled');
  });
});
