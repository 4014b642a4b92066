import { engineFor } from '../cropped-engine.js';
import type { NetworkEngine } from '../engine.js';
import type { TrainingPlans } from '../plan.js';
import { WasmEngine } from './wasm-engine.js';

/** What a training computes with, on the own kernels; whole rows beside crops are scored one at a time, which takes little memory. */
export function trainingEngine(plans: TrainingPlans, microRows: number): NetworkEngine {
  return engineFor(
    plans,
    (plan) => new WasmEngine(plan, microRows, 'training'),
    (plan) => new WasmEngine(plan, 1, 'serving'),
  );
}
