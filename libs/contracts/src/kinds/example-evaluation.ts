import type { Evaluation } from '../resources/evaluation.js';

const figures = { precision: 0.9, recall: 0.9, f1: 0.9, rocAuc: 0.96, prAuc: 0.95 };

/** As documents show it. */
export const exampleEvaluation: Evaluation = {
  support: 40,
  groups: 8,
  accuracy: 0.9,
  accuracyInterval: { byRow: { low: 0.77, high: 0.96 }, byGroup: { low: 0.8, high: 0.98 } },
  baseline: { mostFrequent: 0.5, chance: 0.5 },
  balancedAccuracy: 0.9,
  macro: figures,
  perLabel: ['bad', 'good'].map((label) => ({ label, support: 20, ...figures })),
  logLoss: 0.31,
  calibration: { ece: 0.04, bins: [{ from: 0, to: 1, rows: 40, confidence: 0.86, accuracy: 0.9 }] },
  confusion: [
    [18, 2],
    [2, 18],
  ],
};
