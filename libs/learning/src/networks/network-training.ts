import { EarshotError } from '@earshot/contracts';
import { doublesOf, floatsOf, type ModelHeader, readModel } from '../artifact/model-file.js';
import type { Tensor } from '../artifact/safetensors.js';
import { type Progress, readTraining, writeTraining } from '../artifact/saved-training.js';
import { fitTemperature } from '../measures/calibration.js';
import { bestEpoch, hasStoppedEarly } from '../training/early-stopping.js';
import type { EpochFigures, Training } from '../training/training.js';
import { type AdamState, adam } from './adam.js';
import { BatchSource } from './batch-source.js';
import type { Crew } from './crew.js';
import { partsOf } from './crew.js';
import { initialStatistics, initialWeights } from './initial-weights.js';
import { readNetwork, writeNetwork } from './network-model.js';
import type { NetworkParts } from './network-parts.js';
import { type NetworkPlan, sizeOf, type TrainingPlans } from './plan.js';
import { validate } from './validate.js';

const savedTensors = ['weights', 'statistics', 'first', 'second', 'best.weights', 'best.statistics', 'best.temperature'] as const;

/** The training of a network; `beginNetwork` makes it. */
export class NetworkTraining implements Training {
  private readonly plan: NetworkPlan;
  private readonly moments: AdamState;
  private readonly gradient: Float32Array;
  private readonly decays: Uint8Array;
  private readonly batches: BatchSource;
  private bestWeights: Float32Array;
  private bestStatistics: Float32Array;
  private bestTemperature: Float64Array = Float64Array.of(1);
  private progress: Progress = { step: 0, figures: [], lossSum: 0, correctSum: 0 };
  private isStale = true;

  constructor(
    private readonly parts: NetworkParts,
    plans: TrainingPlans,
    private readonly crew: Crew,
  ) {
    const { desk } = crew;
    const { scoring: plan } = plans;
    this.plan = plan;
    this.moments = { first: new Float32Array(plan.weightCount), second: new Float32Array(plan.weightCount) };
    this.gradient = new Float32Array(plan.weightCount);
    this.decays = decaysOf(plan);
    this.batches = new BatchSource(parts, plans.learning);
    if (!parts.saved) this.begin();
    this.bestWeights = desk.weights.slice();
    this.bestStatistics = desk.statistics.slice();
    if (parts.saved) this.restore(parts.saved);
  }

  get step(): number {
    return this.progress.step;
  }

  get steps(): number {
    return this.epochs * this.batches.perEpoch;
  }

  get epoch(): number {
    return this.progress.figures.length;
  }

  get epochs(): number {
    return this.parts.epochs;
  }

  get isOver(): boolean {
    return this.epoch >= this.epochs || hasStoppedEarly(this.progress.figures, this.parts.patience ?? this.epochs);
  }

  async advance(): Promise<EpochFigures | null> {
    if (this.isOver) return null;
    const { step, figures } = this.progress;
    const rate = this.parts.schedule({ step, steps: this.steps, figures });
    const rows = this.batches.lay(step, this.crew.desk);
    const computed = this.perform('learn', rows);
    if ((step + 1) % this.batches.perEpoch !== 0) this.batches.ahead(step + 1); // while the threads compute
    await computed;
    this.gather(rows);
    adam(this.crew.desk.weights, this.gradient, this.moments, this.decays, step + 1, rate, this.parts.optimizer);
    this.isStale = true;
    this.progress.step += 1;
    return this.progress.step % this.batches.perEpoch === 0 ? this.endEpoch(rate) : null;
  }

  save(): Uint8Array<ArrayBuffer> {
    const vector = (values: Float32Array | Float64Array): Tensor => ({ shape: [values.length], values });
    const tensors = new Map([
      ['weights', vector(this.crew.desk.weights)],
      ['statistics', vector(this.crew.desk.statistics)],
      ['first', vector(this.moments.first)],
      ['second', vector(this.moments.second)],
      ['best.weights', vector(this.bestWeights)],
      ['best.statistics', vector(this.bestStatistics)],
      ['best.temperature', vector(this.bestTemperature)],
    ]);
    return writeTraining(this.setup(), this.progress, tensors);
  }

  best(): Uint8Array<ArrayBuffer> {
    const isFirst = this.epoch === 0;
    const weights = isFirst ? this.crew.desk.weights : this.bestWeights;
    return writeNetwork(this.header(), this.parts.network, this.plan, weights, isFirst ? this.crew.desk.statistics : this.bestStatistics);
  }

  close(): void {
    this.crew.close();
  }

  private async perform(kind: 'learn' | 'predict', rows: number): Promise<void> {
    const loads = this.isStale;
    this.isStale = false;
    await this.crew.perform({ kind, rows, moment: { seed: this.parts.seed, step: this.step, firstRow: 0 }, loads });
  }

  /** Sums what the micro-batches came to, in their order: the mean gradient of the batch, the running statistics, loss and hits. */
  private gather(rows: number): void {
    const { gradients, batchStatistics, statistics, learned } = this.crew.desk;
    const { gradient: sum } = this;
    const share = 1 / rows;
    sum.fill(0);
    for (let part = 0; part < partsOf(rows, this.parts.microBatch); part++) {
      const of = gradients[part]!;
      for (let i = 0; i < of.length; i++) sum[i]! += of[i]! * share;
      this.follow(statistics, batchStatistics[part]!);
      this.progress.lossSum += learned[2 * part]!;
      this.progress.correctSum += learned[2 * part + 1]!;
    }
    if (!Number.isFinite(this.progress.lossSum)) throw new EarshotError('TRAINING_DIVERGED', `step ${this.step}: the loss is not finite`);
  }

  private follow(statistics: Float32Array, batch: Float32Array): void {
    for (const { statistics: of } of this.plan.layers) {
      if (!of) continue;
      for (let i = of.offset; i < of.offset + 2 * of.channels; i++)
        statistics[i] = of.momentum * statistics[i]! + (1 - of.momentum) * batch[i]!;
    }
  }

  private async endEpoch(learningRate: number): Promise<EpochFigures> {
    const rows = this.batches.rowsOfEpoch(this.epoch);
    const { loss, accuracy, probabilities } = await validate(this.parts, this.plan, this.crew.desk, (rows) =>
      this.perform('predict', rows),
    );
    if (!Number.isFinite(loss)) throw new EarshotError('TRAINING_DIVERGED', `the validation loss of epoch ${this.epoch} is ${loss}`);
    const ended: EpochFigures = {
      epoch: this.epoch,
      trainingLoss: this.progress.lossSum / rows,
      trainingAccuracy: this.progress.correctSum / rows,
      validationLoss: loss,
      validationAccuracy: accuracy,
      learningRate,
    };
    this.progress = { step: this.step, figures: [...this.progress.figures, ended], lossSum: 0, correctSum: 0 };
    if (bestEpoch(this.progress.figures) === ended.epoch) {
      this.bestWeights.set(this.crew.desk.weights);
      this.bestStatistics.set(this.crew.desk.statistics);
      this.bestTemperature[0] = fitTemperature(probabilities, this.parts.validation.labels);
    }
    return ended;
  }

  private begin(): void {
    this.crew.desk.weights.set(initialWeights(this.plan, this.parts.seed));
    this.crew.desk.statistics.set(initialStatistics(this.plan));
    if (this.parts.from) this.startFrom(this.parts.from);
  }

  private startFrom(artifact: Uint8Array): void {
    const { plan, weights, statistics } = readNetwork(readModel(artifact));
    if (JSON.stringify(plan) !== JSON.stringify(this.plan)) {
      throw new EarshotError('MODEL_INVALID', 'The model to start from has other layers or another number of labels');
    }
    this.crew.desk.weights.set(weights);
    this.crew.desk.statistics.set(statistics);
  }

  private restore(saved: Uint8Array): void {
    const { progress, tensors } = readTraining(saved, this.setup(), savedTensors);
    const [weights, statistics] = [[this.plan.weightCount], [this.plan.statisticCount]];
    this.crew.desk.weights.set(floatsOf(tensors, 'weights', weights));
    this.crew.desk.statistics.set(floatsOf(tensors, 'statistics', statistics));
    this.moments.first.set(floatsOf(tensors, 'first', weights));
    this.moments.second.set(floatsOf(tensors, 'second', weights));
    this.bestWeights = floatsOf(tensors, 'best.weights', weights);
    this.bestStatistics = floatsOf(tensors, 'best.statistics', statistics);
    this.bestTemperature = doublesOf(tensors, 'best.temperature', [1]);
    this.progress = progress;
  }

  /** All that decided the training. */
  private setup(): unknown {
    const { training, validation, labels, seed, network, epochs, batch, microBatch, settings } = this.parts;
    const rows = [training.rows, validation.rows];
    return { family: 'network', labels, seed, network, epochs, batch, microBatch, settings, rows, size: sizeOf(this.plan.input) };
  }

  private header(): ModelHeader {
    const { recipe, labels, training, network } = this.parts;
    const shape = network.preparation.name === 'words@1' ? null : [...training.shape]; // a word's frames are as many as it has
    return { family: 'network', recipe, labels: [...labels], shape, temperature: this.bestTemperature[0]! };
  }
}

function decaysOf(plan: NetworkPlan): Uint8Array {
  const decays = new Uint8Array(plan.weightCount);
  for (const { weights } of plan.layers) {
    for (const { offset, shape, decays: does } of Object.values(weights)) if (does) decays.fill(1, offset, offset + sizeOf(shape));
  }
  return decays;
}
