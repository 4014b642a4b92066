import { golden } from '../golden.fixture.js';
import { evaluate } from './evaluation.js';

const { measures } = golden;
const labels = ['a', 'b', 'c', 'd'];
const truth = Int32Array.from(measures.truth);
const probabilities = Float32Array.from(measures.probabilities.flat());

describe('an evaluation', () => {
  const groups = truth.map((_, row) => Math.floor(row / 5));
  const evaluation = evaluate({ labels, truth, probabilities, groups, seed: 1 });

  it("has scikit-learn's accuracy, balanced accuracy, macro means and log loss", () => {
    expect(evaluation.accuracy).toBeCloseTo(measures.accuracy, 12);
    expect(evaluation.balancedAccuracy).toBeCloseTo(measures.balancedAccuracy, 12);
    const { precision, recall, f1 } = evaluation.macro;
    [precision, recall, f1].forEach((value, i) => {
      expect(value).toBeCloseTo(measures.macro[i]!, 12);
    });
    expect(evaluation.logLoss).toBeCloseTo(measures.logLoss, 6);
    expect(evaluation.confusion).toEqual(measures.confusion);
  });

  it.each([0, 1, 2, 3])("has scikit-learn's figures of label %d", (code) => {
    const figures = evaluation.perLabel[code]!;
    expect(figures.support).toBe(measures.support[code]);
    expect(figures.precision ?? 0).toBeCloseTo(measures.precision[code]!, 12);
    expect(figures.recall).toBeCloseTo(measures.recall[code]!, 12);
    expect(figures.f1).toBeCloseTo(measures.f1[code]!, 12);
    expect(figures.rocAuc).toBeCloseTo(measures.rocAuc[code]!, 12);
    expect(figures.prAuc).toBeCloseTo(measures.prAuc[code]!, 12);
  });

  it('says what needs no model: the most frequent label, and chance', () => {
    expect(evaluation.baseline).toEqual({ mostFrequent: Math.max(...measures.support) / truth.length, chance: 1 / 4 });
  });

  it('says null, not 0, of a label without rows and of one never predicted', () => {
    const of = evaluate({
      labels: ['a', 'b', 'c'],
      truth: Int32Array.of(0, 1),
      probabilities: Float32Array.of(1, 0, 0, 0.6, 0.4, 0),
      seed: 1,
    });
    expect(of.perLabel[1]).toMatchObject({ support: 1, precision: null, recall: 0, f1: 0 });
    expect(of.perLabel[2]).toMatchObject({ support: 0, precision: null, recall: null, f1: null, rocAuc: null, prAuc: null });
    expect(of.balancedAccuracy).toBe(0.5);
    expect(of.accuracyInterval.byGroup).toBeNull();
  });

  it('of no rows knows nothing', () => {
    const nothing = evaluate({ labels, truth: new Int32Array(0), probabilities: new Float32Array(0), seed: 1 });
    expect(nothing).toMatchObject({ support: 0, accuracy: null, balancedAccuracy: null, logLoss: null, calibration: { ece: null } });
    expect(nothing.accuracyInterval.byRow).toBeNull();
  });

  it('refuses probabilities that are not rows × labels', () => {
    expect(() => evaluate({ labels, truth, probabilities: probabilities.subarray(4), seed: 1 })).toThrow(RangeError);
  });
});
