import { decide } from './decide.js';
import { decision } from './resources/classifier.js';

const labels = ['bad', 'good', 'silence'];
const by = (thresholds: Record<string, number>, unknownBelow = 0) => decision.parse({ thresholds, unknownBelow });

describe('a decision', () => {
  it('is the most probable label where nothing else is said, of equal ones the first', () => {
    expect(decide(labels, [0.2, 0.7, 0.1], by({}))).toEqual({ label: 'good', confidence: 0.7, isUnknown: false, threshold: 0 });
    expect(decide(labels, [0.4, 0.4, 0.2], by({}))).toMatchObject({ label: 'bad' });
  });

  it('is the next label when the first does not reach its threshold', () =>
    expect(decide(labels, [0.3, 0.6, 0.1], by({ good: 0.8 }))).toEqual({ label: 'bad', confidence: 0.3, isUnknown: false, threshold: 0 }));

  it('takes a label that just reaches its threshold', () =>
    expect(decide(labels, [0.2, 0.8, 0], by({ good: 0.8 }))).toMatchObject({ label: 'good', threshold: 0.8 }));

  it('is unknown when no label reaches its own, and tells of the one that came closest', () =>
    expect(decide(labels, [0.3, 0.6, 0.1], by({ bad: 0.4 }, 0.7))).toEqual({
      label: 'unknown',
      confidence: 0.6,
      isUnknown: true,
      threshold: 0.7,
    }));

  it('is not misled by labels that every object has', () =>
    expect(decide(['constructor', 'toString'], [0.4, 0.6], by({}, 0.5))).toMatchObject({ label: 'toString', threshold: 0.5 }));
});
