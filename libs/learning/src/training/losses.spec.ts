import { sigmoidLoss, softmaxLoss } from './losses.js';

/** Differences of the loss itself, for a gradient to be held against. */
function slopes(of: (z: Float32Array) => number, z: Float32Array): number[] {
  return Array.from(z, (_, i) => {
    const [up, down] = [z.slice(), z.slice()];
    up[i]! += 2 ** -7;
    down[i]! -= 2 ** -7;
    return (of(up) - of(down)) / 2 ** -6;
  });
}

describe('the softmax loss', () => {
  const z = Float32Array.of(1, 2, 0.5, 99, -1, 0, 3, 99);
  const targets = Float32Array.of(0.1, 0.7, 0.2, 0, 1, 1);
  const of = (values: Float32Array, gradient?: Float32Array) => softmaxLoss({ values, rows: 2, stride: 4 }, targets, 3, gradient);

  it('is −ln of the share of the target', () => {
    const one = softmaxLoss({ values: Float32Array.of(Math.log(1), Math.log(3)), rows: 1, stride: 2 }, Float32Array.of(0, 1), 2);
    expect(one.loss).toBeCloseTo(-Math.log(0.75), 6);
    expect(one.correct).toBe(1);
  });

  it('has a gradient that is its slope, and leaves what is beside the rows', () => {
    const gradient = new Float32Array(8);
    expect(of(z, gradient).correct).toBe(1);
    slopes((values) => of(values).loss / 2, z).forEach((slope, i) => {
      expect(gradient[i]).toBeCloseTo(slope, 4);
    });
    expect([gradient[3], gradient[7]]).toEqual([0, 0]);
  });

  it('is finite for logits of any size', () => {
    expect(softmaxLoss({ values: Float32Array.of(1e4, -1e4), rows: 1, stride: 2 }, Float32Array.of(0, 1), 2).loss).toBeCloseTo(2e4, 0);
  });
});

describe('the sigmoid loss', () => {
  const targets = Float32Array.of(0.2, 0.8, 1, 0, 0, 3);

  it('is the softmax loss of 0 and the logit, with its gradient', () => {
    const z = Float32Array.of(0.3, 2, -1);
    const [gradient, both] = [new Float32Array(3), new Float32Array(6)];
    const sum = sigmoidLoss({ values: z, rows: 3, stride: 1 }, targets, gradient);
    const pairs = Float32Array.of(0, z[0]!, 0, z[1]!, 0, z[2]!);
    const same = softmaxLoss({ values: pairs, rows: 3, stride: 2 }, targets, 2, both);
    expect(sum.loss).toBeCloseTo(same.loss, 6);
    expect(sum.correct).toBe(same.correct);
    gradient.forEach((value, row) => {
      expect(value).toBeCloseTo(both[2 * row + 1]!, 6);
    });
  });

  it('is finite for logits of any size', () => {
    for (const z of [1e4, -1e4]) {
      const { loss } = sigmoidLoss({ values: Float32Array.of(z), rows: 1, stride: 1 }, Float32Array.of(1, 1));
      expect(loss).toBeCloseTo(1e4, 0);
    }
  });
});
