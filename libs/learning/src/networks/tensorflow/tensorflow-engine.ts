import type * as tfjs from '@tensorflow/tfjs-core';
import type { LearnedBatch, Moment, NetworkEngine } from '../engine.js';
import type { NetworkPlan, Weight } from '../plan.js';
import { type Pass, runLayer } from './run-layer.js';

/** TensorFlow.js with one of its back ends: `@tensorflow/tfjs-node`, or the plain one that the own kernels are held to. */
export type TensorFlow = typeof tfjs;

/** A network by the operations of TensorFlow.js, which finds the gradients itself. */
export class TensorFlowEngine implements NetworkEngine {
  private tensors = new Map<Weight, tfjs.Tensor>();
  private statistics: Float32Array = new Float32Array();

  constructor(
    private readonly plan: NetworkPlan,
    private readonly tf: TensorFlow,
  ) {}

  load(weights: Float32Array, statistics: Float32Array): void {
    this.close();
    this.statistics = statistics.slice();
    for (const weight of this.allWeights()) {
      const size = weight.shape.reduce((product, length) => product * length, 1);
      this.tensors.set(weight, this.tf.tensor(weights.slice(weight.offset, weight.offset + size), [...weight.shape]));
    }
  }

  learn(rows: Float32Array, targets: Float32Array, moment: Moment, gradient: Float32Array, batchStatistics: Float32Array): LearnedBatch {
    const list = this.allWeights();
    return this.tf.tidy(() => {
      const wanted = this.tf.tensor2d(targets.slice(), [targets.length / this.plan.labels, this.plan.labels]);
      let hits = 0;
      const lossByWeights = (...tensors: tfjs.Tensor[]) => {
        const weights = new Map(list.map((weight, i) => [weight, tensors[i]!]));
        const logits = this.run(rows, { moment, weights, statistics: this.statistics, batchStatistics, outputs: [] });
        const isHit = this.tf.equal(this.tf.argMax(logits, 1), this.tf.argMax(wanted, 1));
        hits = [...isHit.dataSync()].filter(Boolean).length;
        return this.tf.neg<tfjs.Scalar>(this.tf.sum(this.tf.mul(wanted, this.tf.logSoftmax(logits)))); // −Σ t·ln p
      };
      const { value, grads } = this.tf.valueAndGrads(lossByWeights)(list.map((weight) => this.tensors.get(weight)!));
      for (const [i, weight] of list.entries()) gradient.set(grads[i]!.dataSync(), weight.offset);
      return { loss: value.dataSync()[0]!, hits };
    });
  }

  predict(rows: Float32Array, probabilities: Float32Array): void {
    const answer = this.tf.tidy(() => {
      const pass = { moment: null, weights: this.tensors, statistics: this.statistics, batchStatistics: new Float32Array(), outputs: [] };
      return this.tf.softmax(this.run(rows, pass)).dataSync();
    });
    probabilities.set(answer);
  }

  close(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
    this.tensors.clear();
  }

  private run(rows: Float32Array, pass: Pass): tfjs.Tensor2D {
    let x: tfjs.Tensor = this.tf.reshape(this.tf.tensor(rows.slice()), [-1, ...this.plan.input]);
    for (const planned of this.plan.layers) {
      x = runLayer(this.tf, planned, x, pass);
      pass.outputs.push(x);
    }
    return this.tf.reshape<tfjs.Rank.R2>(x, [-1, this.plan.labels]) as tfjs.Tensor2D;
  }

  private allWeights(): Weight[] {
    return this.plan.layers.flatMap(({ weights }) => Object.values(weights));
  }
}
