import { answerOf, outcomeOf } from './decided-clips.js';

const clip = (truth: string, dog: number) => ({
  clipId: '',
  filename: '',
  group: null,
  truth,
  scores: [
    { label: 'dog', score: dog },
    { label: 'cat', score: 1 - dog },
  ].sort((a, b) => b.score - a.score),
});

describe('a decision', () => {
  it('answers with the most probable label that reaches its threshold', () => {
    expect(answerOf(clip('dog', 0.7), { thresholds: {}, unknownBelow: 0 })).toBe('dog');
    expect(answerOf(clip('dog', 0.7), { thresholds: { dog: 0.8 }, unknownBelow: 0.2 })).toBe('cat');
  });

  it('answers nothing where none does', () => expect(answerOf(clip('dog', 0.7), { thresholds: {}, unknownBelow: 0.9 })).toBeNull());

  it('is counted over clips, in all and by what they are', () => {
    const { all, byLabel } = outcomeOf([clip('dog', 0.9), clip('dog', 0.6), clip('cat', 0.8)], { thresholds: {}, unknownBelow: 0.7 });
    expect(all).toEqual({ clips: 3, answered: 2, right: 1 });
    expect(byLabel.get('dog')).toEqual({ clips: 2, answered: 1, right: 1 });
    expect(byLabel.get('cat')).toEqual({ clips: 1, answered: 1, right: 0 });
  });
});
