import { SampleErrors } from './sample-errors.js';

const samples = Float32Array.from({ length: 100 }, (_, i) => Math.sin(i));
const raised = (by: number) => samples.map((value) => value * (1 + by));

describe('the errors of samples', () => {
  it('are shares of the RMS, told by ratio', () => {
    const errors = new SampleErrors();
    errors.add('clip', 8000, 22_050, raised(8e-6), samples);
    errors.add('other', 8000, 22_050, samples, samples);
    expect(errors.table()).toMatch(/\| 8000 → 22050 \| 2 \| 0\.0e\+0 \| 0\.0e\+0 \| 8\.0e-6 \| clip \|/);
    expect(errors.faults()).toEqual([]);
  });

  it.each([
    ['too large', raised(2e-5)],
    ['no number', samples.map(() => Number.NaN)],
    ['of too few samples', samples.slice(1)],
  ])('are a fault when they are %s', (_, ours) => {
    const errors = new SampleErrors();
    errors.add('clip', 8000, 22_050, ours, samples);
    expect(errors.faults()).toHaveLength(1);
  });

  it('say nothing of silence', () => {
    const errors = new SampleErrors();
    errors.add('clip', 8000, 22_050, new Float32Array(9), new Float32Array(9));
    expect(errors.faults()).toEqual([]);
  });
});
