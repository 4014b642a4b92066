import { marginOf, unsureFirst } from './margin.js';

describe('how sure a result is', () => {
  it('is what lies between its first label and its second, in whatever order they come', () => {
    expect(marginOf({ scores: [{ score: 0.2 }, { score: 0.7 }, { score: 0.1 }] })).toBeCloseTo(0.5);
    expect(marginOf({ scores: [{ score: 0.9 }] })).toBe(0.9);
  });

  it('puts those first that are least so', () => {
    expect(unsureFirst([{ margin: 0.5 }, { margin: 0.1 }, { margin: 0.3 }])).toEqual([{ margin: 0.1 }, { margin: 0.3 }, { margin: 0.5 }]);
  });
});
