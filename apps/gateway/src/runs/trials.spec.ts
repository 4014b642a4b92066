import { trialsOf } from './trials.js';

const space = {
  learningRate: { low: 0.0001, high: 0.01, isLog: true, isWhole: false },
  batchSize: { choices: [16, 32] },
  epochs: { low: 5, high: 7, isLog: false, isWhole: true },
};
const asked = (trials: number, seed = 1) => ({ search: { trials, space }, settings: { dropout: 0.1 }, seed });
const same = (settings: Record<string, unknown>) => settings;

describe('the trials of a search', () => {
  it('begin with the settings as they are, and draw the others within their ranges, by the seed', () => {
    const trials = trialsOf(asked(50), same) ?? [];
    expect(trials[0]).toEqual({ dropout: 0.1 });
    for (const { learningRate, batchSize, epochs, dropout } of trials.slice(1)) {
      expect(learningRate).toBeGreaterThanOrEqual(0.0001);
      expect(learningRate).toBeLessThan(0.01);
      expect([16, 32]).toContain(batchSize);
      expect([5, 6, 7]).toContain(epochs);
      expect(dropout).toBe(0.1);
    }
    expect(new Set(trials.slice(1).map(({ epochs }) => epochs)).size).toBe(3);
    expect(trials.filter(({ learningRate }) => Number(learningRate) < 0.001).length).toBeGreaterThan(15); // half of them, by the logarithm
    expect(trialsOf(asked(50), same)).toEqual(trials);
    expect(trialsOf(asked(50, 2), same)).not.toEqual(trials);
  });

  it('are none without a search', () => expect(trialsOf({ settings: {}, seed: 1 }, same)).toBeNull());

  it('are refused with the place of what is wrong', () => {
    const wrong = (range: object) => () => trialsOf({ search: { trials: 2, space: { a: range as never } }, settings: {}, seed: 1 }, same);
    expect(wrong({ low: 2, high: 1, isLog: false, isWhole: false })).toThrow('#/search/space/a must have a `high` above');
    expect(wrong({ low: 0, high: 1, isLog: true, isWhole: false })).toThrow('#/search/space/a must have a `low` above 0');
    expect(wrong({ low: 0.5, high: 1, isLog: false, isWhole: true })).toThrow('#/search/space/a must have whole bounds');
  });
});
