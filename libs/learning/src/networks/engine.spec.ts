import '@tensorflow/tfjs-layers'; // its gradients are what is wanted
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describeEngine, largestError, learnOnce, noise, plans, predicted, rows } from './engine.conformance.js';
import type { LayerList } from './layers.js';
import { planNetwork, sizeOf } from './plan.js';
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

const pooling: LayerList = [{ kind: 'maxPool2d', size: [2, 2] }];

describe.each([
  { name: 'a normalisation', input: [30, 40], after: [] },
  { name: 'a normalisation and the pooling after it', input: [6, 10, 20], after: pooling },
])('$name of what lies far from 0 and hardly varies', ({ input, after }) => {
  const [before, end]: LayerList[] = [[{ kind: 'reshape', shape: input }], [{ kind: 'mean' }, { kind: 'dense', units: 5 }]];
  const plan = planNetwork([...before!, { kind: 'batchNorm', activation: 'relu' }, ...after, ...end!], input, 5);
  const quiet = noise(rows * sizeOf(input), 'rows').map((value) => -80 + 0.01 * value); // decibels of silence

  it('has the gradients and statistics of TensorFlow.js', async () => {
    const engines = [new WasmEngine(plan, rows, 'training'), await oracle(plan)];
    const [mine, theirs] = engines.map((engine) => learnOnce(engine, plan, rows, quiet));
    expect(largestError(mine!.gradient, theirs!.gradient)).toBeLessThan(1e-5);
    expect(largestError(mine!.statistics, theirs!.statistics)).toBeLessThan(1e-5);
  });

  it('has its probabilities', async () => {
    const { statisticCount, weightCount } = plan;
    const statistics = Float32Array.from({ length: statisticCount }, (_, i) => (i < statisticCount / 2 ? -80 : 1e-4));
    const [mine, theirs] = [new WasmEngine(plan, rows, 'serving'), await oracle(plan)].map((engine) => {
      engine.load(noise(weightCount, 'weights'), statistics);
      const probabilities = new Float32Array(rows * 5);
      engine.predict(quiet, probabilities);
      return probabilities;
    });
    expect(largestError(mine!, theirs!)).toBeLessThan(1e-5);
  });
});
