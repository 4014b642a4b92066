import { EarshotError } from '@earshot/contracts';
import { z } from 'zod';
import { floatsOf, type ModelFile, type ModelHeader, writeModel } from '../artifact/model-file.js';
import { onlyThese, type Tensor } from '../artifact/safetensors.js';
import { type NetworkDescription, networkDescription } from './network-description.js';
import { type NetworkPlan, planNetwork, sizeOf } from './plan.js';

/** A network with its weights. */
export interface NetworkModel {
  header: ModelHeader;
  description: z.output<typeof networkDescription>;
  plan: NetworkPlan;
  weights: Float32Array;
  statistics: Float32Array;
}

export function writeNetwork(
  header: ModelHeader,
  description: NetworkDescription,
  plan: NetworkPlan,
  weights: Float32Array,
  statistics: Float32Array,
) {
  const tensors = new Map<string, Tensor>();
  for (const { name, shape, offset } of placesOf(plan))
    tensors.set(name, { shape, values: weights.subarray(offset, offset + sizeOf(shape)) });
  tensors.set('statistics', { shape: [plan.statisticCount], values: statistics });
  return writeModel({ header, tensors, details: networkDescription.parse(description) }); // with its defaults, which may change
}

export function readNetwork({ header, tensors, details }: ModelFile): NetworkModel {
  const parsed = networkDescription.safeParse(details);
  if (!parsed.success) throw new EarshotError('MODEL_INVALID', `Not a network: ${z.prettifyError(parsed.error)}`);
  const plan = planNetwork(parsed.data.layers, parsed.data.input, header.labels.length);
  onlyThese(tensors, [...placesOf(plan).map(({ name }) => name), 'statistics']);
  const weights = new Float32Array(plan.weightCount);
  for (const { name, shape, offset } of placesOf(plan)) weights.set(floatsOf(tensors, name, shape), offset);
  return { header, description: parsed.data, plan, weights, statistics: floatsOf(tensors, 'statistics', [plan.statisticCount]) };
}

function placesOf(plan: NetworkPlan) {
  return plan.layers.flatMap(({ weights }) => Object.values(weights));
}
