import { WeightedMoments } from './weighted-moments.js';

describe('weighted moments', () => {
  it('are those of values that come as often as they weigh', () => {
    const moments = new WeightedMoments(2);
    moments.add(3, [1, 5]);
    moments.add(1, [5, 5]);
    expect([...moments.means()]).toEqual([2, 5]);
    expect([...moments.deviations()]).toEqual([Math.sqrt(3), 0]);
  });
});
