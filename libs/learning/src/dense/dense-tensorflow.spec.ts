import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import { Random } from '../random.js';
import { sigmoidLoss, softmaxLoss } from '../training/losses.js';
import { DenseNetwork } from './dense-network.js';
import type { Affine } from './layers.js';
import { type DenseLayout, layoutOf } from './layout.js';
import { initialWeights, layersOf } from './weights.js';

const [rows, columns, steps] = [32, 37, 12];

/** The same layers with the same first weights, as TensorFlow.js has them. */
function theirs(layout: DenseLayout, weights: Float32Array): tfLayers.Sequential {
  const model = tfLayers.sequential();
  const { hidden, head } = layersOf(layout, weights);
  for (const { inputs, units } of hidden) {
    model.add(tfLayers.layers.dense({ units, inputShape: [inputs], activation: 'relu' }));
    model.add(tfLayers.layers.batchNormalization());
  }
  model.add(tfLayers.layers.dense({ units: head.units, inputShape: [head.inputs], activation: head.units === 1 ? 'sigmoid' : 'softmax' }));
  const matrix = ({ weight, inputs, units }: Affine) => tf.tensor2d(weight, [inputs, units]);
  const columnsOf = (...values: Float32Array[]) => values.map((column) => tf.tensor1d(column));
  const trained = hidden.flatMap((layer) => [matrix(layer), ...columnsOf(layer.bias, layer.gamma, layer.beta)]);
  const followed = hidden.flatMap((layer) => columnsOf(layer.mean, layer.variance));
  model.setWeights([...trained, matrix(head), ...columnsOf(head.bias), ...followed]);
  model.compile({
    optimizer: tf.train.adam(0.001, 0.9, 0.999, 1e-7),
    loss: head.units === 1 ? 'binaryCrossentropy' : 'categoricalCrossentropy',
  });
  return model;
}

describe('a dense network beside TensorFlow.js', () => {
  it.each([2, 4])(`has the same weights and running statistics within 1e-4 after ${steps} steps, for %i labels`, async (labelCount) => {
    const layout = layoutOf({ inputs: columns, hidden: [64, 32, 16], labelCount });
    const own = new DenseNetwork({ layout, capacity: rows, dropout: [0, 0, 0], seed: 1 });
    own.weights.set(initialWeights(layout, 1));
    const model = theirs(layout, own.weights);
    for (let step = 0; step < steps; step++) {
      const random = new Random(2, 'batch', step);
      const x = Float32Array.from({ length: rows * columns }, (_, i) => random.normal(i));
      const targets = Float32Array.from({ length: rows * labelCount }, (_, i) =>
        (i + Math.floor(i / labelCount)) % labelCount === 0 ? 1 : 0,
      );
      for (let i = 0; i < rows; i++) own.input.set(x.subarray(i * columns, (i + 1) * columns), i * own.inputStride);
      own.forward(rows, step);
      const logits = { values: own.logits, rows, stride: own.logitStride };
      if (labelCount === 2) sigmoidLoss(logits, targets, own.logitGradient);
      else softmaxLoss(logits, targets, labelCount, own.logitGradient);
      own.backward(rows, step);
      own.update(step, 0.001, 0);
      const aims = labelCount === 2 ? targets.filter((_, i) => i % 2 === 1) : targets;
      await model.trainOnBatch(tf.tensor2d(x, [rows, columns]), tf.tensor2d(aims, [rows, aims.length / rows]));
    }
    const trained = layersOf(layout, own.weights);
    const expected = [...model.trainableWeights, ...model.nonTrainableWeights].map((weight) => weight.read().dataSync());
    const actual = [
      ...trained.hidden.flatMap(({ weight, bias, gamma, beta }) => [weight, bias, gamma, beta]),
      trained.head.weight,
      trained.head.bias,
      ...trained.hidden.flatMap(({ mean, variance }) => [mean, variance]),
    ];
    expect(actual.length).toBe(expected.length);
    const before = layersOf(layout, initialWeights(layout, 1)).head.weight;
    expect(Math.max(...before.map((value, i) => Math.abs(value - trained.head.weight[i]!)))).toBeGreaterThan(5e-3);
    actual.forEach((values, index) => {
      expect(Math.max(...values.map((value, i) => Math.abs(value - expected[index]![i]!)))).toBeLessThan(1e-4);
    });
  });
});
