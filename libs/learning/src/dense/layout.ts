import { outputsOf } from './layers.js';
import { room } from './room.js';

/** What a network is made of. */
export interface DenseShape {
  inputs: number;
  hidden: readonly number[];
  labelCount: number;
}

/** Where a layer's values are, as offsets into the network's parameters; rows of `weight` take `stride` values. */
export interface LayerLayout {
  inputs: number;
  units: number;
  stride: number;
  weight: number;
  bias: number;
}

export interface HiddenLayout extends LayerLayout {
  gamma: number;
  beta: number;
  /** Offsets into the statistics. */
  mean: number;
  variance: number;
}

/** All trained values in one piece, matrices first (only they decay), and all statistics of the normalisation in another. */
export interface DenseLayout {
  hidden: readonly HiddenLayout[];
  head: LayerLayout;
  matrixCount: number;
  parameterCount: number;
  statisticCount: number;
}

export function layoutOf({ inputs, hidden, labelCount }: DenseShape): DenseLayout {
  const units = [...hidden, outputsOf(labelCount)];
  let [parameters, statistics] = [0, 0];
  const parameter = (count: number) => {
    parameters += count;
    return parameters - count;
  };
  const statistic = (count: number) => {
    statistics += count;
    return statistics - count;
  };
  const matrices = units.map((own, index) => {
    const before = units[index - 1] ?? inputs;
    return { inputs: before, units: own, stride: room(own), weight: parameter(before * room(own)) };
  });
  const matrixCount = parameters;
  const layers = matrices.map((layer) => ({ ...layer, bias: parameter(layer.stride) }));
  const normalized = layers.slice(0, -1).map((layer) => ({
    ...layer,
    gamma: parameter(layer.stride),
    beta: parameter(layer.stride),
    mean: statistic(layer.stride),
    variance: statistic(layer.stride),
  }));
  return { hidden: normalized, head: layers.at(-1)!, matrixCount, parameterCount: parameters, statisticCount: statistics };
}
