import type { Prediction } from '../../sound/prediction.js';
import { judge } from './judge.js';

const prediction: Prediction = {
  label: 'seven',
  confidence: 0.9,
  isUnknown: false,
  threshold: 0.3,
  scores: [{ label: 'seven', score: 0.9 }],
  model: { classifier: 'keywords', version: 1, id: '0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a', alias: null, decisionRevision: 1 },
  durationSeconds: 1,
  warnings: [],
};

describe('what a window is heard as', () => {
  it('is its label, once of windows that overlap', () => {
    expect(judge(prediction, null)).toEqual({ isHeard: true, label: 'seven', confidence: 0.9, reason: null });
    expect(judge(prediction, 'seven').reason).toMatch(/^Still seven/);
    expect(judge(prediction, 'six').isHeard).toBe(true);
  });

  it('is nothing where no label reaches its threshold, and says which came closest', () => {
    const unknown = { ...prediction, label: 'unknown', isUnknown: true, confidence: 0.2, scores: [{ label: 'six', score: 0.2 }] };
    expect(judge(unknown, null)).toMatchObject({
      isHeard: false,
      reason: 'Nothing is sure enough: the closest is six at 20\u00a0%, and an answer has to reach 30\u00a0%',
    });
    expect(judge({ ...unknown, threshold: 1 }, null).reason).toBe('Nothing is sure enough: the closest is six at 20\u00a0%');
    const trained = { ...unknown, scores: [{ label: 'unknown', score: 0.4 }] };
    expect(judge(trained, null).reason).toBe('Taken for unknown, 40\u00a0% sure');
  });
});
