import { Random } from '../random.js';
import type { NetworkEngine } from './engine.js';
import { initialStatistics, initialWeights } from './initial-weights.js';
import type { LayerList } from './layers.js';
import { type NetworkPlan, planNetwork, sizeOf } from './plan.js';

/** Each has what the others lack: odd sizes, strides that do not fit, channels that are no multiple of eight, both activations. */
const networks: Record<string, { input: number[]; layers: LayerList }> = {
  'two dense layers': {
    input: [7],
    layers: [
      { kind: 'dense', units: 12, activation: 'relu' },
      { kind: 'dropout', rate: 0.3 },
      { kind: 'dense', units: 5 },
    ],
  },
  'convolutions with strides over two axes': {
    input: [13, 10, 1],
    layers: [
      { kind: 'conv2d', filters: 8, kernel: [5, 5], strides: [2, 2], bias: false },
      { kind: 'batchNorm', activation: 'relu' },
      { kind: 'conv2d', filters: 12, kernel: [3, 3], strides: [1, 2], activation: 'relu' },
      { kind: 'dropout', rate: 0.2, of: 'channels' },
      { kind: 'conv2d', filters: 12, kernel: [2, 3], strides: [3, 2] },
      { kind: 'reshape', shape: [3, 24] },
      { kind: 'conv1d', filters: 20, kernel: 3, activation: 'relu' },
      { kind: 'meanAndMax' },
      { kind: 'dense', units: 5 },
    ],
  },
  'pooling over what does not fill its windows': {
    input: [9, 7, 3],
    layers: [
      { kind: 'batchNorm' },
      { kind: 'conv2d', filters: 4, kernel: [3, 3] },
      { kind: 'batchNorm' },
      { kind: 'maxPool2d', size: [2, 2] },
      { kind: 'conv2d', filters: 16, kernel: [1, 1], strides: [3, 1], activation: 'relu' },
      { kind: 'reshape', shape: [6, 16] },
      { kind: 'maxPool1d', size: 2 },
      { kind: 'reshape', shape: [48] },
      { kind: 'dense', units: 5 },
    ],
  },
  'sums with what came before': {
    input: [9, 7, 1],
    layers: [
      { kind: 'conv2d', filters: 12, kernel: [3, 3], strides: [2, 2], bias: false },
      { kind: 'batchNorm', activation: 'relu' },
      { kind: 'conv2d', filters: 12, kernel: [3, 3], bias: false },
      { kind: 'batchNorm' },
      { kind: 'add', from: 1, activation: 'relu' },
      { kind: 'conv2d', filters: 12, kernel: [3, 3] },
      { kind: 'add', from: 4 },
      { kind: 'add', from: 1, activation: 'relu' },
      { kind: 'mean' },
      { kind: 'dropout', rate: 0.2 },
      { kind: 'dense', units: 5 },
    ],
  },
  'three by three taps over tiles of four by four, which do not fill the maps': {
    input: [14, 13, 4],
    layers: [
      { kind: 'conv2d', filters: 8, kernel: [3, 3], activation: 'relu' },
      { kind: 'conv2d', filters: 12, kernel: [3, 3], bias: false },
      { kind: 'batchNorm', activation: 'relu' },
      { kind: 'maxPool2d', size: [2, 2] },
      { kind: 'conv2d', filters: 20, kernel: [3, 3], activation: 'relu' },
      { kind: 'conv2d', filters: 12, kernel: [3, 3] },
      { kind: 'meanAndMax' },
      { kind: 'dense', units: 5 },
    ],
  },
  'strides on one axis of tiles, and one axis alone': {
    input: [15, 16, 8],
    layers: [
      { kind: 'conv2d', filters: 12, kernel: [3, 3], strides: [1, 2], activation: 'relu' },
      { kind: 'conv2d', filters: 8, kernel: [3, 3], strides: [2, 1], bias: false },
      { kind: 'batchNorm', activation: 'relu' },
      { kind: 'reshape', shape: [16, 32] },
      { kind: 'conv1d', filters: 28, kernel: 3, activation: 'relu' },
      { kind: 'meanAndMax' },
      { kind: 'dense', units: 5 },
    ],
  },
  'a pooling before all that has weights': {
    input: [13, 8, 12],
    layers: [{ kind: 'maxPool2d', size: [2, 1] }, { kind: 'batchNorm', activation: 'relu' }, { kind: 'mean' }, { kind: 'dense', units: 5 }],
  },
  'mean and maximum of the input': {
    input: [40, 12],
    layers: [{ kind: 'meanAndMax' }, { kind: 'dense', units: 5 }],
  },
  'memories with attention between': {
    input: [5, 7],
    layers: [
      { kind: 'batchNorm' },
      { kind: 'lstm', units: 8, sequences: true },
      { kind: 'selfAttention', units: 12 },
      { kind: 'lstm', units: 12 },
      { kind: 'dense', units: 5 },
    ],
  },
};

export const rows = 6;
const labels = 5;

/** What one back end computes, held to another. */
export function describeEngine(
  engineOf: (plan: NetworkPlan) => Promise<NetworkEngine>,
  oracleOf: (plan: NetworkPlan) => Promise<NetworkEngine>,
): void {
  describe.each(Object.entries(networks))('%s', (_name, { input, layers }) => {
    const plan = planNetwork(layers, input, labels);
    let [engine, oracle]: [NetworkEngine | null, NetworkEngine | null] = [null, null];

    beforeAll(async () => {
      [engine, oracle] = [await engineOf(plan), await oracleOf(plan)];
    });

    it.each([rows, 1])('have the same loss, gradients and batch statistics: %i rows', (count) => {
      const [mine, theirs] = [learnOnce(engine!, plan, count), learnOnce(oracle!, plan, count)];
      expect(mine.learned.hits).toBe(theirs.learned.hits);
      expect(Math.abs(mine.learned.loss - theirs.learned.loss)).toBeLessThan(1e-5 * theirs.learned.loss);
      expect(largestError(mine.gradient, theirs.gradient)).toBeLessThan(1e-5);
      if (plan.statisticCount > 0) expect(largestError(mine.statistics, theirs.statistics)).toBeLessThan(1e-5);
    });

    it('have the same probabilities', () => {
      expect(largestError(predicted(engine!, plan), predicted(oracle!, plan))).toBeLessThan(1e-5);
    });
  });
}

/** The networks of the suite, planned. */
export const plans = Object.entries(networks).map(([name, { input, layers }]) => ({ name, plan: planNetwork(layers, input, labels) }));

/** What is learned of some rows, or of those that are given. */
export function learnOnce(engine: NetworkEngine, plan: NetworkPlan, count: number, batch = noise(count * sizeOf(plan.input), 'rows')) {
  engine.load(weightsOf(plan), initialStatistics(plan));
  const gradient = new Float32Array(plan.weightCount);
  const statistics = new Float32Array(plan.statisticCount);
  const targets = noise(count * labels, 'targets').map((value) => Math.abs(value));
  const learned = engine.learn(batch, targets, { seed: 3, step: 9, firstRow: 16 }, gradient, statistics);
  return { learned, gradient, statistics };
}

/** Of some rows, by running statistics. */
export function predicted(engine: NetworkEngine, plan: NetworkPlan): Float32Array {
  const statistics = noise(plan.statisticCount, 'statistics').map((value) => Math.abs(value));
  engine.load(weightsOf(plan), statistics);
  const probabilities = new Float32Array(rows * labels);
  engine.predict(noise(rows * sizeOf(plan.input), 'rows'), probabilities);
  return probabilities;
}

/** Biases and shifts that are not 0, so that they count. */
function weightsOf(plan: NetworkPlan): Float32Array {
  const more = noise(plan.weightCount, 'weights');
  return initialWeights(plan, 1).map((weight, i) => weight + 0.1 * more[i]!);
}

export function noise(count: number, purpose: string): Float32Array {
  const random = new Random(5, purpose);
  return Float32Array.from({ length: count }, (_, i) => random.normal(i));
}

/** In shares of the largest value. */
export function largestError(values: Float32Array, expected: Float32Array): number {
  const largest = Math.max(...expected.map(Math.abs));
  expect(largest).toBeGreaterThan(0);
  return Math.max(...values.map((value, i) => Math.abs(value - expected[i]!))) / largest;
}
