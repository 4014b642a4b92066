import { crowding, foldCopies, rankAgain } from './ranking.js';

describe('ranking again', () => {
  it('puts what is near to everything behind what is as near and rarely found', () => {
    const hits = [
      { name: 'hub', cosine: 0.8, crowding: 0.9 },
      { name: 'rare', cosine: 0.75, crowding: 0.5 },
      { name: 'far', cosine: 0.3, crowding: 0.2 },
    ];
    expect(rankAgain(hits).map(({ name }) => name)).toEqual(['rare', 'hub', 'far']);
  });
  it('keeps the order where all are as crowded', () => {
    const hits = [0.9, 0.8, 0.7].map((cosine) => ({ cosine, crowding: 0.4 }));
    expect(rankAgain(hits)).toEqual(hits);
  });
});

describe('crowding', () => {
  it('is the mean cosine of the nearest', () => expect(crowding([0.9, 0.5])).toBeCloseTo(0.7));
  it('is 0 of a clip without neighbours', () => expect(crowding([])).toBe(0));
});

describe('copies', () => {
  it('are taken out of the hits', () => {
    const hits = [1, 0.981, 0.98, 0.5].map((cosine) => ({ cosine }));
    expect(foldCopies(hits)).toEqual({ hits: [{ cosine: 0.98 }, { cosine: 0.5 }], copies: [{ cosine: 1 }, { cosine: 0.981 }] });
  });
});
