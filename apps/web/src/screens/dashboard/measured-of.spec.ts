import { measuredOf } from './measured-of.js';

const metrics = { accuracy: 0.97, support: 200, baseline: { mostFrequent: 0.5, chance: 0.5 } };
const byRow = { low: 0.93, high: 0.98 };

describe('the accuracy of a version', () => {
  it('comes with support, interval and baseline', () =>
    expect(measuredOf({ ...metrics, accuracyInterval: { byRow, byGroup: null }, how: 'a third of the voices' })).toEqual({
      accuracy: 0.97,
      support: 200,
      interval: byRow,
      baseline: 0.5,
      how: 'a third of the voices',
    }));
  it('has the interval over groups where there are groups', () =>
    expect(measuredOf({ ...metrics, accuracyInterval: { byRow, byGroup: { low: 0.8, high: 1 } } })?.interval).toEqual({
      low: 0.8,
      high: 1,
    }));
  it('is none where the metrics have no single one', () => expect(measuredOf({ seeds: [] })).toBeNull());
});
