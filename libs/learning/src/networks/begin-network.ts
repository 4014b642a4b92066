import { checkData } from '../training/check-data.js';
import type { Training } from '../training/training.js';
import { type Crew, makeDesk, partsOf, soloCrew } from './crew.js';
import { engineFor } from './cropped-engine.js';
import type { NetworkEngine } from './engine.js';
import type { NetworkParts } from './network-parts.js';
import { NetworkTraining } from './network-training.js';
import { type NetworkPlan, planNetwork, type TrainingPlans } from './plan.js';
import { nativeTensorFlow } from './tensorflow/native.js';
import { TensorFlowEngine } from './tensorflow/tensorflow-engine.js';
import { threadCrew } from './threads.js';
import { trainingEngine } from './wasm/training-engine.js';

/** Unless more are asked for: each has a memory of its own. */
const mostThreads = 4;

/** Begins the training of a network, or goes on with a saved one. */
export async function beginNetwork(parts: NetworkParts): Promise<Training> {
  checkData(parts.training, parts.validation, parts.labels);
  const plans = plansOf(parts);
  const crew = await crewFor(parts, plans);
  try {
    return new NetworkTraining(parts, plans, crew);
  } catch (error) {
    crew.close();
    throw error;
  }
}

function plansOf({ network, labels, crop }: NetworkParts): TrainingPlans {
  const { layers, input } = network;
  const scoring = planNetwork(layers, input, labels.length);
  return { scoring, learning: crop === undefined ? scoring : planNetwork(layers, [crop, ...input.slice(1)], labels.length) };
}

async function crewFor({ backend = 'wasm', batch, microBatch, threads }: NetworkParts, plans: TrainingPlans): Promise<Crew> {
  const desk = makeDesk(plans, batch + 1, microBatch); // a last row that would be alone joins its batch
  if (backend === 'native') return soloCrew(await tensorFlowEngine(plans), plans, microBatch, desk);
  const count = Math.min(threads ?? Math.min(mostThreads, globalThis.navigator?.hardwareConcurrency ?? 1), partsOf(batch, microBatch));
  if (count > 1) return threadCrew(count, { plans, microRows: microBatch, desk });
  return soloCrew(trainingEngine(plans, microBatch), plans, microBatch, desk);
}

async function tensorFlowEngine(plans: TrainingPlans): Promise<NetworkEngine> {
  const tensorFlow = await nativeTensorFlow();
  const engineOf = (plan: NetworkPlan) => new TensorFlowEngine(plan, tensorFlow);
  return engineFor(plans, engineOf, engineOf);
}
