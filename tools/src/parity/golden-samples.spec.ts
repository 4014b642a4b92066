import { resample } from '@earshot/audio';
import { goldenSampleErrors } from './golden-samples.js';

describe('the golden samples', () => {
  it('are ours at the usual rates', () => expect(goldenSampleErrors().faults()).toEqual([]));

  it('tell a filter that is a ten-thousandth off at every ratio', () => {
    const off: typeof resample = (samples, from, to) => resample(samples, from, to).map((value) => value * 1.0001);
    const errors = goldenSampleErrors(off);
    expect(errors.faults()).toHaveLength(errors.table().split('\n').length - 2);
  });
});
