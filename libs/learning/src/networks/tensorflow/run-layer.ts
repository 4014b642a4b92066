import type * as tfjs from '@tensorflow/tfjs-core';
import type { Moment } from '../engine.js';
import type { LayerOf } from '../layers.js';
import { channelsOf, type PlannedLayer, sizeOf, type Weight } from '../plan.js';
import { axisOf } from '../wasm/geometry.js';
import { dropoutMask } from './dropout-mask.js';

type TensorFlow = typeof tfjs;

/** What one way through the network works with; `moment` is null when it serves. */
export interface Pass {
  moment: Moment | null;
  weights: ReadonlyMap<Weight, tfjs.Tensor>;
  statistics: Float32Array;
  /** Receives mean and variance of the batch. */
  batchStatistics: Float32Array;
  /** Of the layers so far. */
  outputs: tfjs.Tensor[];
}

/** One layer on a batch [rows, ...]. */
export function runLayer(tf: TensorFlow, planned: PlannedLayer, x: tfjs.Tensor, pass: Pass): tfjs.Tensor {
  const { layer, output } = planned;
  const weight = (name: string) => pass.weights.get(planned.weights[name]!)!;
  const activated = (y: tfjs.Tensor) => ('activation' in layer && layer.activation === 'relu' ? tf.relu(y) : y);
  const withBias = (y: tfjs.Tensor) => (planned.weights['bias'] ? tf.add(y, weight('bias')) : y);
  const rows = x.shape[0]!;
  switch (layer.kind) {
    case 'conv2d':
      return activated(withBias(convolved(tf, x as tfjs.Tensor4D, weight('kernel') as tfjs.Tensor4D, layer.strides)));
    case 'conv1d': {
      const [kernel, wide] = [weight('kernel'), tf.expandDims<tfjs.Tensor4D>(x, 1)];
      return activated(withBias(tf.squeeze(convolved(tf, wide, tf.expandDims<tfjs.Tensor4D>(kernel, 0), [1, layer.stride]), [1])));
    }
    case 'dense':
      return activated(withBias(tf.matMul(x, weight('kernel'))));
    case 'batchNorm':
      return activated(normalised(tf, planned, x, pass));
    case 'maxPool2d':
      return tf.maxPool(x as tfjs.Tensor4D, layer.size, layer.size, 'valid');
    case 'maxPool1d':
      return tf.squeeze(tf.maxPool(tf.expandDims<tfjs.Tensor4D>(x, 1), [1, layer.size], [1, layer.size], 'valid'), [1]);
    case 'dropout':
      return pass.moment === null ? x : tf.mul(x, tf.tensor(dropoutMask(planned, rows, pass.moment), [rows, ...output]));
    case 'reshape':
      return tf.reshape(x, [rows, ...output]);
    case 'lstm':
      return remembered(tf, x as tfjs.Tensor3D, weight, layer);
    case 'selfAttention':
      return attended(tf, x as tfjs.Tensor3D, weight);
    case 'add':
      return activated(tf.add(x, pass.outputs[layer.from]!));
    case 'mean':
      return tf.mean(tf.reshape(x, [rows, sizeOf(planned.input) / channelsOf(planned.input), channelsOf(planned.input)]), 1);
    case 'meanAndMax': {
      const flat = tf.reshape(x, [rows, sizeOf(planned.input) / channelsOf(planned.input), channelsOf(planned.input)]);
      return tf.concat([tf.mean(flat, 1), tf.max(flat, 1)], 1);
    }
  }
}

/** The padding of TensorFlow's "same", put around explicitly: one rule for both back ends. */
function convolved(tf: TensorFlow, x: tfjs.Tensor4D, kernel: tfjs.Tensor4D, strides: [number, number]): tfjs.Tensor4D {
  const [down, right] = [axisOf(x.shape[1], kernel.shape[0], strides[0]), axisOf(x.shape[2], kernel.shape[1], strides[1])];
  const around = [down, right].map(({ before, padding }): [number, number] => [before, padding - before]);
  return tf.conv2d(tf.pad4d(x, [[0, 0], around[0]!, around[1]!, [0, 0]]), kernel, strides, 'valid');
}

function normalised(tf: TensorFlow, planned: PlannedLayer, x: tfjs.Tensor, pass: Pass): tfjs.Tensor {
  const { offset, channels } = planned.statistics!;
  const { epsilon } = planned.layer as LayerOf<'batchNorm'>;
  const stored = (at: number) => tf.tensor1d(pass.statistics.slice(at, at + channels));
  const axes = x.shape.map((_, axis) => axis).slice(0, -1);
  const { mean, variance } = pass.moment === null ? { mean: stored(offset), variance: stored(offset + channels) } : tf.moments(x, axes);
  if (pass.moment !== null) {
    pass.batchStatistics.set(mean.dataSync(), offset);
    pass.batchStatistics.set(variance.dataSync(), offset + channels);
  }
  const scale = tf.mul(pass.weights.get(planned.weights['gamma']!)!, tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(tf.sub(x, mean), scale), pass.weights.get(planned.weights['beta']!)!);
}

type WeightOf = (name: string) => tfjs.Tensor;

function remembered(tf: TensorFlow, x: tfjs.Tensor3D, weight: WeightOf, { units, sequences }: LayerOf<'lstm'>): tfjs.Tensor {
  const [rows, frames, channels] = x.shape;
  let h: tfjs.Tensor = tf.zeros([rows, units]);
  let c: tfjs.Tensor = h;
  const outputs: tfjs.Tensor[] = [];
  for (let t = 0; t < frames; t++) {
    const frame = tf.reshape(tf.slice(x, [0, t, 0], [rows, 1, channels]), [rows, channels]);
    const z = tf.add(tf.add(tf.matMul(frame, weight('kernel')), tf.matMul(h, weight('recurrent'))), weight('bias'));
    const [i, f, g, o] = [0, 1, 2, 3].map((gate) => tf.slice(z, [0, gate * units], [rows, units]));
    c = tf.add(tf.mul(tf.sigmoid(f!), c), tf.mul(tf.sigmoid(i!), tf.tanh(g!)));
    h = tf.mul(tf.sigmoid(o!), tf.tanh(c));
    outputs.push(h);
  }
  return sequences ? tf.stack(outputs, 1) : h;
}

function attended(tf: TensorFlow, x: tfjs.Tensor3D, weight: WeightOf): tfjs.Tensor {
  const [rows, frames, channels] = x.shape;
  const flat = tf.reshape(x, [rows * frames, channels]);
  const units = weight('bias').shape[0]!;
  const query = tf.reshape(tf.matMul(flat, weight('query')), [rows, frames, 1, units]);
  const key = tf.reshape(tf.add(tf.matMul(flat, weight('key')), weight('bias')), [rows, 1, frames, units]);
  const bent = tf.reshape(tf.tanh(tf.add(query, key)), [rows * frames * frames, units]);
  const shares = tf.softmax(tf.reshape(tf.matMul(bent, weight('score')), [rows, frames, frames]));
  return tf.matMul(shares, x);
}
