import '@tensorflow/tfjs-layers'; // its gradients are what is wanted
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describeEngine, plans, predicted, rows } from './engine.conformance.js';
import { TensorFlowEngine } from './tensorflow/tensorflow-engine.js';
import { WasmEngine } from './wasm/wasm-engine.js';

const oracle = async (plan: ConstructorParameters<typeof TensorFlowEngine>[0]) => new TensorFlowEngine(plan, tf);

describe('the relaxed kernels and TensorFlow.js', () => describeEngine(async (plan) => new WasmEngine(plan, rows, 'training'), oracle));

describe('the plain kernels', () => {
  it.each(plans)('score the same bytes one by one as together: $name', ({ plan }) => {
    const [one, all] = [new WasmEngine(plan, 1, 'serving'), new WasmEngine(plan, rows, 'serving')];
    expect(predicted(one, plan)).toEqual(predicted(all, plan));
  });

  it.each(plans)('come to what TensorFlow.js comes to: $name', async ({ plan }) => {
    const [mine, theirs] = [predicted(new WasmEngine(plan, rows, 'serving'), plan), predicted(await oracle(plan), plan)];
    for (const [i, p] of theirs.entries()) expect(Math.abs(mine[i]! - p)).toBeLessThan(1e-5);
  });
});
