import { golden } from '../golden.fixture.js';
import { Random } from '../random.js';
import { applyTemperature, calibrationOf, fitTemperature } from './calibration.js';
import { predictedLabels } from './evaluation.js';

const { measures } = golden;
const truth = Int32Array.from(measures.truth);
const probabilities = Float32Array.from(measures.probabilities.flat());

/** 4,000 rows of two labels, of which `share` are of the first, and that are all told to be so with probability `told`. */
const twoLabels = (share: number, told: number) => {
  const random = new Random(3, 'spec');
  const truth = Int32Array.from({ length: 4000 }, (_, row) => (random.uniform(row) < share ? 0 : 1));
  return { truth, probabilities: Float32Array.from({ length: 8000 }, (_, i) => (i % 2 === 0 ? told : 1 - told)) };
};

describe('the calibration error', () => {
  it('is that of the formula', () => expect(calibrationOf(probabilities, truth).ece).toBeCloseTo(measures.ece, 7));

  it('counts every row in one bin', () => {
    expect(calibrationOf(probabilities, truth).bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(truth.length);
  });

  it('is the difference between what is told and what is true', () => {
    const { truth, probabilities } = twoLabels(0.7, 0.95);
    expect(calibrationOf(probabilities, truth).ece).toBeCloseTo(0.25, 1.5);
  });
});

describe('temperature scaling', () => {
  it("finds scipy's optimum", () => expect(fitTemperature(probabilities, truth) / measures.temperature).toBeCloseTo(1, 5));

  it('undoes overconfidence: logits three times too large', () => {
    const told = 1 / (1 + Math.exp(-3 * Math.log(0.7 / 0.3)));
    const { truth, probabilities } = twoLabels(0.7, told);
    const temperature = fitTemperature(probabilities, truth);
    expect(temperature).toBeGreaterThan(2.8);
    expect(temperature).toBeLessThan(3.3);
    expect(calibrationOf(applyTemperature(probabilities, 2, temperature), truth).ece).toBeLessThan(0.001);
  });

  it('changes no answer, and nothing at all at 1', () => {
    const cooled = applyTemperature(probabilities, 4, 2.5);
    expect(predictedLabels(cooled, 4)).toEqual(predictedLabels(probabilities, 4));
    const sums = Array.from(truth, (_, row) => cooled.subarray(4 * row, 4 * row + 4).reduce((sum, p) => sum + p, 0));
    for (const sum of sums) expect(sum).toBeCloseTo(1, 6);
    applyTemperature(Float32Array.of(0.25, 0.75), 2, 1).forEach((p, i) => {
      expect(p).toBeCloseTo([0.25, 0.75][i]!, 7);
    });
  });

  it('learns little from few rows, and ends at its bounds where many say so', () => {
    const told = (rows: number) => Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? 0.9 : 0.1));
    const three = fitTemperature(told(3), new Int32Array(3)); // all three right
    expect(three).toBeGreaterThan(0.6); // without the prior it would be 1/20
    expect(three).toBeLessThan(1);
    expect(fitTemperature(told(4000), new Int32Array(4000).fill(1))).toBeCloseTo(20, 6); // all wrong
  });
});
