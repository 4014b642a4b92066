import { Random } from '../random.js';
import type { Affine, HiddenLayer } from './layers.js';
import type { DenseLayout, LayerLayout } from './layout.js';

/** The layers that a model keeps. */
export interface Layers {
  hidden: readonly HiddenLayer[];
  head: Affine;
}

/** First weights, by the seed: uniform within ±√(6/(inputs + units)) (Glorot and Bengio 2010), γ and the running variance 1, all else 0. */
export function initialWeights(layout: DenseLayout, seed: number): Float32Array {
  const weights = new Float32Array(layout.parameterCount + layout.statisticCount);
  [...layout.hidden, layout.head].forEach(({ inputs, units, stride, weight }, index) => {
    const random = new Random(seed, 'weights', index);
    const limit = Math.sqrt(6 / (inputs + units));
    for (let i = 0, drawn = 0; i < inputs; i++) {
      for (let j = 0; j < units; j++, drawn++) weights[weight + i * stride + j] = (2 * random.uniform(drawn) - 1) * limit;
    }
  });
  for (const { gamma, variance, units } of layout.hidden) {
    for (const from of [gamma, layout.parameterCount + variance]) weights.fill(1, from, from + units);
  }
  return weights;
}

/** Parameters and statistics as layers. */
export function layersOf(layout: DenseLayout, weights: Float32Array): Layers {
  const { parameterCount } = layout;
  const affine = ({ inputs, units, stride, weight, bias }: LayerLayout): Affine => {
    const matrix = new Float32Array(inputs * units);
    for (let i = 0; i < inputs; i++) matrix.set(weights.subarray(weight + i * stride, weight + i * stride + units), i * units);
    return { inputs, units, weight: matrix, bias: weights.slice(bias, bias + units) };
  };
  const hidden = layout.hidden.map((layer) => {
    const column = (offset: number) => weights.slice(offset, offset + layer.units);
    const [mean, variance] = [column(parameterCount + layer.mean), column(parameterCount + layer.variance)];
    return { ...affine(layer), gamma: column(layer.gamma), beta: column(layer.beta), mean, variance };
  });
  return { hidden, head: affine(layout.head) };
}

/** The way back. The layers must be those of the layout. */
export function weightsOf(layout: DenseLayout, { hidden, head }: Layers): Float32Array {
  const weights = new Float32Array(layout.parameterCount + layout.statisticCount);
  const place = ({ inputs, units, stride, weight, bias }: LayerLayout, layer: Affine) => {
    for (let i = 0; i < inputs; i++) weights.set(layer.weight.subarray(i * units, (i + 1) * units), weight + i * stride);
    weights.set(layer.bias, bias);
  };
  layout.hidden.forEach((at, index) => {
    const layer = hidden[index]!;
    place(at, layer);
    weights.set(layer.gamma, at.gamma);
    weights.set(layer.beta, at.beta);
    weights.set(layer.mean, layout.parameterCount + at.mean);
    weights.set(layer.variance, layout.parameterCount + at.variance);
  });
  place(layout.head, head);
  return weights;
}
