import type { Moment, NetworkEngine } from './engine.js';
import type { NetworkPlan, TrainingPlans } from './plan.js';

type EngineOf = (plan: NetworkPlan) => NetworkEngine;

/** What a training computes with: one engine, or two where it learns from crops. */
export function engineFor({ learning, scoring }: TrainingPlans, learner: EngineOf, scorer: EngineOf): NetworkEngine {
  return learning === scoring ? learner(learning) : new CroppedEngine(learner(learning), scorer(scoring));
}

/** Learns from crops by one engine and scores whole rows by another; both have the same weights. */
class CroppedEngine implements NetworkEngine {
  private latest: [weights: Float32Array, statistics: Float32Array] | null = null;

  constructor(
    private readonly learner: NetworkEngine,
    private readonly scorer: NetworkEngine,
  ) {}

  load(weights: Float32Array, statistics: Float32Array): void {
    this.learner.load(weights, statistics);
    this.latest = [weights, statistics]; // the scorer is asked once an epoch: it need not follow each step
  }

  learn(rows: Float32Array, targets: Float32Array, moment: Moment, gradient: Float32Array, batchStatistics: Float32Array) {
    return this.learner.learn(rows, targets, moment, gradient, batchStatistics);
  }

  predict(rows: Float32Array, probabilities: Float32Array): void {
    if (this.latest) this.scorer.load(...this.latest);
    this.latest = null;
    this.scorer.predict(rows, probabilities);
  }

  close(): void {
    this.learner.close();
    this.scorer.close();
  }
}
