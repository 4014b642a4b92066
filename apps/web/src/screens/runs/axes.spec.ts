import { placeOn } from './axes.js';

const axis = { name: 'epochs', values: [], low: 10, high: 30 };

describe('an axis', () => {
  it('runs from its lowest to its highest value', () => {
    expect([10, 15, 30].map((value) => placeOn(axis, value))).toEqual([0, 0.25, 1]);
  });

  it('has one place where all values are the same', () => expect(placeOn({ ...axis, high: 10 }, 10)).toBe(0.5));

  it('has no place for what is not known', () => expect(placeOn(axis, null)).toBeNull());
});
