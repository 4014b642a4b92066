import { bestEpoch, hasStoppedEarly, isBestSoFar } from './early-stopping.js';
import { constant, cosine, oneCycle, plateau } from './schedules.js';

const after = (...losses: number[]) =>
  losses.map((validationLoss, epoch) => ({
    epoch,
    validationLoss,
    trainingLoss: 0,
    trainingAccuracy: 0,
    validationAccuracy: 0,
    learningRate: 0,
  }));

describe('the learning rate', () => {
  it('may stay', () => expect(constant(0.1)({ step: 5, steps: 10, figures: [] })).toBe(0.1));

  it('is halved after each so many epochs without gain, down to its floor', () => {
    const rate = plateau(0.001, { patience: 2, floor: 0.0004 });
    const at = (...losses: number[]) => rate({ step: 0, steps: 1, figures: after(...losses) });
    expect(at()).toBe(0.001);
    expect(at(1, 0.9, 0.95)).toBe(0.001);
    expect(at(1, 0.9, 0.95, 0.9)).toBe(0.0005);
    expect(at(1, 0.9, 0.95, 0.9, 0.9)).toBe(0.0005);
    expect(at(1, 0.9, 0.95, 0.9, 0.9, 0.9)).toBe(0.0004);
    expect(at(1, 0.9, 0.95, 0.9, 0.8, 0.9)).toBe(0.0005);
    expect(at(1, 0.99995, 0.99991)).toBe(0.0005); // less gain than counts
  });

  it('is never raised by its floor', () => expect(plateau(1e-6, { patience: 1 })({ step: 0, steps: 1, figures: after(1, 1) })).toBe(1e-6));

  it('falls along half a cosine', () => {
    const rate = cosine(0.2, 0.1);
    const at = (step: number) => rate({ step, steps: 100, figures: [] });
    expect([at(0), at(50), at(100)].map((value) => value.toFixed(6))).toEqual(['0.200000', '0.150000', '0.100000']);
  });

  it('goes through one cycle, as PyTorch says of 10 steps to a peak of 1', () => {
    const rate = oneCycle(1);
    const at = Array.from({ length: 10 }, (_, step) => rate({ step, steps: 10, figures: [] }));
    expect(at[0]).toBeCloseTo(0.04, 6);
    expect(at[2]).toBeCloseTo(1, 6);
    expect(at[9]).toBeCloseTo(4e-6, 9);
    expect(at[1]).toBeCloseTo(0.52, 6);
    expect(Math.max(...at)).toBe(at[2]);
  });
});

describe('early stopping', () => {
  it('waits so many epochs after the best', () => {
    expect(hasStoppedEarly([], 1)).toBe(false);
    expect(hasStoppedEarly(after(1, 0.5, 0.6, 0.6), 3)).toBe(false);
    expect(hasStoppedEarly(after(1, 0.5, 0.6, 0.6, 0.5), 3)).toBe(true);
  });

  it('keeps the earliest of equals', () => {
    expect(bestEpoch(after(1, 0.5, 0.5))).toBe(1);
    expect(isBestSoFar(after(1, 0.5))).toBe(true);
    expect(isBestSoFar(after(1, 0.5, 0.5))).toBe(false);
  });
});
