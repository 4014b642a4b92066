import { boxFigures } from './box-figures.js';

describe('the figures of a box', () => {
  it('are quartiles, and the outermost values within 1.5 times their distance', () =>
    expect(boxFigures([9, 1, 2, 3, 4, 5, 6, 7, 100])).toEqual({
      median: 5,
      lowerQuartile: 3,
      upperQuartile: 7,
      lowerWhisker: 1,
      upperWhisker: 9,
      outliers: [100],
    }));

  it('lie between values where there is none at the quartile', () =>
    expect(boxFigures([1, 2, 3, 4])).toMatchObject({ lowerQuartile: 1.75, median: 2.5, upperQuartile: 3.25 }));

  it('of one value are that value', () =>
    expect(boxFigures([4])).toEqual({
      median: 4,
      lowerQuartile: 4,
      upperQuartile: 4,
      lowerWhisker: 4,
      upperWhisker: 4,
      outliers: [],
    }));
});
