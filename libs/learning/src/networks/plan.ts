import { EarshotError } from '@earshot/contracts';
import { type Layer, type LayerList, networkLayers } from './layers.js';

/** Part of the one vector that has all weights of a network. */
export interface Weight {
  /** `3.kernel`: of the fourth layer. */
  name: string;
  shape: readonly number[];
  /** In values. */
  offset: number;
  /** `forget`: ones for the second of four parts, zeros for the others, so that a memory begins by keeping. */
  initial: 'glorot' | 'zeros' | 'ones' | 'forget';
  /** Whether weight decay pulls it to 0: kernels, not biases or the scale of a normalisation. */
  decays: boolean;
}

/** A layer with what follows from its place: shapes without the batch, and its weights by their names. */
export interface PlannedLayer {
  index: number;
  layer: Layer;
  input: readonly number[];
  output: readonly number[];
  weights: Readonly<Record<string, Weight>>;
  /** Running statistics: mean and variance of each channel, in a vector of their own. */
  statistics: { offset: number; channels: number; momentum: number } | null;
}

/** All that follows from a list of layers and the shape of a row. */
export interface NetworkPlan {
  input: readonly number[];
  layers: readonly PlannedLayer[];
  labels: number;
  weightCount: number;
  statisticCount: number;
}

/** Of a training: the same weights for rows as they are learned from and as they are scored; one plan where these are alike. */
export interface TrainingPlans {
  learning: NetworkPlan;
  scoring: NetworkPlan;
}

/** Throws MODEL_INVALID where a layer does not fit what comes before it. */
export function planNetwork(list: LayerList, input: readonly number[], labels: number): NetworkPlan {
  const layers: PlannedLayer[] = [];
  let shape = input;
  let weightCount = 0;
  let statisticCount = 0;
  for (const [index, layer] of networkLayers.parse(list).entries()) {
    const { output, weights: needed } = fit(layer, shape, layers);
    const weights: Record<string, Weight> = {};
    for (const [name, weight] of Object.entries(needed)) {
      weights[name] = { ...weight, name: `${index}.${name}`, offset: weightCount };
      weightCount += sizeOf(weight.shape);
    }
    const isNorm = layer.kind === 'batchNorm';
    const channels = channelsOf(output);
    layers.push({
      index,
      layer,
      input: shape,
      output,
      weights,
      statistics: isNorm ? { offset: statisticCount, channels, momentum: layer.momentum } : null,
    });
    if (isNorm) statisticCount += 2 * channels;
    shape = output;
  }
  if (shape.length !== 1 || shape[0] !== labels) throw unfit(layers.length - 1, `gives [${shape}], and there are ${labels} labels`);
  return { input, layers, labels, weightCount, statisticCount };
}

type Needed = Omit<Weight, 'name' | 'offset'>;

function fit(
  layer: Layer,
  input: readonly number[],
  before: readonly PlannedLayer[],
): Pick<PlannedLayer, 'output'> & { weights: Record<string, Needed> } {
  const index = before.length;
  const channels = channelsOf(input);
  const need = (dimensions: number) => {
    if (input.length !== dimensions) throw unfit(index, `${layer.kind} takes ${dimensions} dimensions and gets [${input}]`);
  };
  const needFours = () => {
    if (channels % 4 !== 0) throw unfit(index, `${layer.kind} takes a multiple of four channels and gets [${input}]`);
  };
  switch (layer.kind) {
    case 'conv2d': {
      need(3);
      const [[height = 0, width = 0], [down, right]] = [input, layer.strides];
      const output = [Math.ceil(height / down), Math.ceil(width / right), layer.filters];
      return { output, weights: kernelAndBias([...layer.kernel, channels, layer.filters], layer.bias) };
    }
    case 'conv1d':
      need(2);
      return {
        output: [Math.ceil(input[0]! / layer.stride), layer.filters],
        weights: kernelAndBias([layer.kernel, channels, layer.filters], layer.bias),
      };
    case 'dense':
      need(1);
      return { output: [layer.units], weights: kernelAndBias([channels, layer.units], true) };
    case 'batchNorm':
      return {
        output: input,
        weights: {
          gamma: { shape: [channels], initial: 'ones', decays: false },
          beta: { shape: [channels], initial: 'zeros', decays: false },
        },
      };
    case 'maxPool2d': {
      need(3);
      needFours();
      return { output: [pooled(input[0]!, layer.size[0], index), pooled(input[1]!, layer.size[1], index), channels], weights: {} };
    }
    case 'maxPool1d':
      need(2);
      needFours();
      return { output: [pooled(input[0]!, layer.size, index), channels], weights: {} };
    case 'dropout':
      needFours();
      return { output: input, weights: {} };
    case 'lstm':
      need(2);
      if (layer.units % 4 !== 0) throw unfit(index, `${layer.units} units are no multiple of four`);
      return {
        output: layer.sequences ? [input[0]!, layer.units] : [layer.units],
        weights: {
          kernel: { shape: [channels, 4 * layer.units], initial: 'glorot', decays: true },
          recurrent: { shape: [layer.units, 4 * layer.units], initial: 'glorot', decays: true },
          bias: { shape: [4 * layer.units], initial: 'forget', decays: false },
        },
      };
    case 'selfAttention':
      need(2);
      needFours();
      if (layer.units % 4 !== 0) throw unfit(index, `${layer.units} units are no multiple of four`);
      return {
        output: input,
        weights: {
          query: { shape: [channels, layer.units], initial: 'glorot', decays: true },
          key: { shape: [channels, layer.units], initial: 'glorot', decays: true },
          bias: { shape: [layer.units], initial: 'zeros', decays: false },
          score: { shape: [layer.units, 1], initial: 'glorot', decays: true },
        },
      };
    case 'reshape':
      if (sizeOf(layer.shape) !== sizeOf(input)) throw unfit(index, `[${input}] cannot become [${layer.shape}]`);
      return { output: layer.shape, weights: {} };
    case 'add': {
      const other = before[layer.from]?.output;
      if (other?.join() !== input.join()) throw unfit(index, `cannot add [${other ?? 'nothing'}] of layer ${layer.from} to [${input}]`);
      return { output: input, weights: {} };
    }
    case 'mean':
      needFours();
      return { output: [channels], weights: {} };
    case 'meanAndMax':
      needFours();
      return { output: [2 * channels], weights: {} };
  }
}

function kernelAndBias(shape: number[], hasBias: boolean): Record<string, Needed> {
  const kernel: Needed = { shape, initial: 'glorot', decays: true };
  return hasBias ? { kernel, bias: { shape: shape.slice(-1), initial: 'zeros', decays: false } } : { kernel };
}

function pooled(length: number, size: number, index: number): number {
  if (length < size) throw unfit(index, `a window of ${size} does not fit ${length}`);
  return Math.floor(length / size);
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

export function channelsOf(shape: readonly number[]): number {
  return shape.at(-1) ?? 1;
}

function unfit(index: number, detail: string): EarshotError {
  return new EarshotError('MODEL_INVALID', `layer ${index}: ${detail}`);
}
