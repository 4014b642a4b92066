import { checkData } from '../training/check-data.js';
import type { Training } from '../training/training.js';
import { type Crew, makeDesk, partsOf, soloCrew } from './crew.js';
import type { NetworkParts } from './network-parts.js';
import { NetworkTraining } from './network-training.js';
import { type NetworkPlan, planNetwork } from './plan.js';
import { nativeTensorFlow } from './tensorflow/native.js';
import { TensorFlowEngine } from './tensorflow/tensorflow-engine.js';
import { threadCrew } from './threads.js';
import { WasmEngine } from './wasm/wasm-engine.js';

/** Unless more are asked for: each has a memory of its own. */
const mostThreads = 4;

/** Begins the training of a network, or goes on with a saved one. */
export async function beginNetwork(parts: NetworkParts): Promise<Training> {
  checkData(parts.training, parts.validation, parts.labels);
  const { layers, input } = parts.network;
  const plan = planNetwork(layers, input, parts.labels.length);
  const crew = await crewFor(parts, plan);
  try {
    return new NetworkTraining(parts, plan, crew);
  } catch (error) {
    crew.close();
    throw error;
  }
}

async function crewFor({ backend = 'wasm', batch, microBatch, threads }: NetworkParts, plan: NetworkPlan): Promise<Crew> {
  const desk = makeDesk(plan, batch + 1, microBatch); // a last row that would be alone joins its batch
  if (backend === 'native') return soloCrew(new TensorFlowEngine(plan, await nativeTensorFlow()), plan, microBatch, desk);
  const count = Math.min(threads ?? Math.min(mostThreads, globalThis.navigator?.hardwareConcurrency ?? 1), partsOf(batch, microBatch));
  if (count > 1) return threadCrew(count, { plan, microRows: microBatch, desk });
  return soloCrew(new WasmEngine(plan, microBatch, 'training'), plan, microBatch, desk);
}
