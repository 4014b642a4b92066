import { Random } from '../random.js';
import { type Logits, sigmoidLoss, softmaxLoss } from '../training/losses.js';
import { type TwinBatch, twinPass } from './dense.twin.js';
import { DenseNetwork } from './dense-network.js';
import { layoutOf } from './layout.js';
import { initialWeights } from './weights.js';

const rows = 11;

/** A network with weights that nothing is special about, and one batch. */
function network(labelCount: number, dropout: number[], hidden = [9, 5]) {
  const layout = layoutOf({ inputs: 7, hidden, labelCount });
  const random = new Random(1, 'values');
  const own = new DenseNetwork({ layout, capacity: rows, dropout, seed: 3 });
  own.weights.set(initialWeights(layout, 5));
  layout.hidden.forEach(({ gamma, beta, bias, units }, layer) => {
    for (let j = 0; j < units; j++) {
      own.weights[gamma + j] = 0.5 + random.uniform(1000 * layer + j);
      own.weights[beta + j] = random.normal(1000 * layer + 100 + j) / 5;
      own.weights[bias + j] = random.normal(1000 * layer + 200 + j) / 5;
    }
  });
  const x = Float32Array.from({ length: rows * 7 }, (_, i) => random.normal(5000 + i));
  for (let i = 0; i < rows; i++) own.input.set(x.subarray(i * 7, i * 7 + 7), i * own.inputStride);
  const targets = Float32Array.from({ length: rows * labelCount }, (_, i) => random.uniform(9000 + i));
  return { layout, own, x, targets, labelCount };
}

/** One pass of the kernels; returns the mean loss. */
function pass({ own, targets, labelCount }: ReturnType<typeof network>, step: number): number {
  own.forward(rows, step);
  const logits: Logits = { values: own.logits, rows, stride: own.logitStride };
  const { loss } =
    labelCount === 2 ? sigmoidLoss(logits, targets, own.logitGradient) : softmaxLoss(logits, targets, labelCount, own.logitGradient);
  own.backward(rows, step);
  return loss / rows;
}

/** The masks that the kernels' dropout amounts to: what it makes of ones. */
function masks({ layout }: ReturnType<typeof network>, dropout: number[], step: number): Float64Array[] {
  return layout.hidden.map(({ units }, index) => {
    const apart = Math.ceil(units / 8) * 8 + 8;
    const key = new Random(3, 'dropout', index).bits(step);
    return Float64Array.from({ length: rows * units }, (_, at) => {
      const position = Math.floor(at / units) * apart + (at % units);
      return mix(mix(position) ^ key) >>> 0 >= dropout[index]! * 2 ** 32 ? 1 / (1 - dropout[index]!) : 0;
    });
  });
}

function mix(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

function batchOf(net: ReturnType<typeof network>, dropout: number[], step: number): TwinBatch {
  return { x: Float64Array.from(net.x), rows, targets: Float64Array.from(net.targets), masks: masks(net, dropout, step) };
}

const worst = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, i) => Math.abs(value - b[i]!)).reduce((x, y) => Math.max(x, y), 0);

describe('a dense network', () => {
  describe.each([
    ['two labels', 2, [0, 0], [9, 5]],
    ['two labels with dropout', 2, [0.4, 0.2], [9, 5]],
    ['four labels with dropout', 4, [0.4, 0.2], [9, 5]],
    ['four labels and no hidden layer', 4, [], []],
  ])('of %s', (_name, labelCount, dropout, hidden) => {
    it('has the loss and the gradient of its twin, which are the slopes of the loss', () => {
      const net = network(labelCount, dropout, hidden);
      const loss = pass(net, 0);
      const batch = batchOf(net, dropout, 0);
      const weights = Float64Array.from(net.own.weights);
      const twin = twinPass(net.layout, weights, batch);
      expect(loss).toBeCloseTo(twin.loss, 5);
      expect(worst(net.own.gradient, twin.gradient)).toBeLessThan(1e-6);
      expect(Math.max(...twin.gradient)).toBeGreaterThan(1e-2);
      const slopes = Float64Array.from(twin.gradient, (_, i) => {
        const [up, down] = [weights.slice(), weights.slice()];
        up[i]! += 1e-6;
        down[i]! -= 1e-6;
        return (twinPass(net.layout, up, batch).loss - twinPass(net.layout, down, batch).loss) / 2e-6;
      });
      expect(worst(twin.gradient, slopes)).toBeLessThan(1e-7);
    });

    it('has the weights of its twin after twenty steps of Adam with decay', () => {
      const net = network(labelCount, dropout, hidden);
      const { parameterCount, matrixCount } = net.layout;
      const weights = Float64Array.from(net.own.weights);
      const [m, v] = [new Float64Array(parameterCount), new Float64Array(parameterCount)];
      for (let step = 0; step < 20; step++) {
        pass(net, step);
        net.own.update(step, 0.01, 1e-3);
        const { gradient } = twinPass(net.layout, weights, batchOf(net, dropout, step));
        gradient.forEach((g, i) => {
          m[i] = 0.9 * m[i]! + 0.1 * g;
          v[i] = 0.999 * v[i]! + 0.001 * g * g;
          const change = (0.01 * m[i]!) / (1 - 0.9 ** (step + 1)) / (Math.sqrt(v[i]! / (1 - 0.999 ** (step + 1))) + 1e-7);
          weights[i]! -= change + (i < matrixCount ? 1e-3 * weights[i]! : 0);
        });
      }
      expect(worst(net.own.weights.subarray(0, parameterCount), weights.subarray(0, parameterCount))).toBeLessThan(1e-4);
    });
  });

  it('moves its running mean and variance by a hundredth of each batch, from 0 and 1', () => {
    const net = network(2, [0, 0]);
    const { bias, mean, variance, units } = net.layout.hidden[0]!;
    const running = (offset: number) =>
      net.own.weights.slice(net.layout.parameterCount + offset, net.layout.parameterCount + offset + units);
    net.own.input.fill(0); // so that each unit is the same in all rows
    const active = Array.from({ length: units }, (_, j) => Math.max(0, net.own.weights[bias + j]!));
    expect(Math.max(...active)).toBeGreaterThan(0.1);
    pass(net, 0);
    expect(
      worst(
        running(mean),
        active.map((value) => 0.01 * value),
      ),
    ).toBeLessThan(1e-6);
    pass(net, 1);
    expect(
      worst(
        running(mean),
        active.map((value) => 0.0199 * value),
      ),
    ).toBeLessThan(1e-6);
    expect(
      worst(
        running(variance),
        active.map(() => 0.99 ** 2),
      ),
    ).toBeLessThan(1e-6);
  });
});
