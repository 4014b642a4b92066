import { Random } from '../random.js';
import type { NetworkPlan } from './plan.js';
import { sizeOf } from './plan.js';

/** Weights to begin with: Glorot's uniform distribution, each weight's numbers its own by (seed, name). */
export function initialWeights({ layers, weightCount }: NetworkPlan, seed: number): Float32Array {
  const weights = new Float32Array(weightCount);
  for (const { name, shape, offset, initial } of layers.flatMap((layer) => Object.values(layer.weights))) {
    const part = weights.subarray(offset, offset + sizeOf(shape));
    if (initial === 'ones') part.fill(1);
    if (initial === 'forget') part.fill(1, part.length / 4, part.length / 2);
    if (initial !== 'glorot') continue;
    const taps = sizeOf(shape.slice(0, -2));
    const limit = Math.sqrt(6 / (taps * (shape.at(-2)! + shape.at(-1)!)));
    const random = new Random(seed, 'initial weights', name);
    for (let i = 0; i < part.length; i++) part[i] = limit * (2 * random.uniform(i) - 1);
  }
  return weights;
}

/** Running statistics to begin with: mean 0 and variance 1 of each channel. */
export function initialStatistics({ layers, statisticCount }: NetworkPlan): Float32Array {
  const statistics = new Float32Array(statisticCount);
  for (const layer of layers) {
    if (layer.statistics)
      statistics.fill(1, layer.statistics.offset + layer.statistics.channels, layer.statistics.offset + 2 * layer.statistics.channels);
  }
  return statistics;
}
