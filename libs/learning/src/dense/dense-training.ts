import { EarshotError } from '@earshot/contracts';
import { doublesOf, floatsOf } from '../artifact/model-file.js';
import { type Progress, readTraining, writeTraining } from '../artifact/saved-training.js';
import { balancedClassWeights } from '../data/labels.js';
import { type Matrix, matrixOf } from '../data/matrix.js';
import { StandardScaler } from '../data/standard-scaler.js';
import { fitTemperature } from '../measures/calibration.js';
import { batchCount, batchRows, epochOrder } from '../training/batches.js';
import { checkData } from '../training/check-data.js';
import { hasStoppedEarly, isBestSoFar } from '../training/early-stopping.js';
import { type Logits, type LossSum, sigmoidLoss, softmaxLoss } from '../training/losses.js';
import type { Schedule } from '../training/schedules.js';
import { mixOf, mixRows, type TargetTable, targetsOf, targetTable } from '../training/targets.js';
import type { EpochFigures, Training, TrainingParts } from '../training/training.js';
import { DenseNetwork } from './dense-network.js';
import { probabilitiesOf } from './dense-scorer.js';
import { foldNormalization, outputsOf, readDenseModel, writeDenseModel } from './layers.js';
import { type DenseLayout, layoutOf } from './layout.js';
import { Predictor } from './predictor.js';
import { initialWeights, layersOf, weightsOf } from './weights.js';

/** How a dense network learns. */
export interface DenseSettings {
  hidden: readonly number[];
  dropout: readonly number[];
  epochs: number;
  batchSize: number;
  weightDecay: number;
  patience: number;
  labelSmoothing: number;
  mixup: number;
  classWeights: 'none' | 'balanced';
}

type Parts = Omit<TrainingParts<DenseSettings>, 'backend'> & { recipe: string; schedule: Schedule };

/** The training of a dense network on standardised vectors. */
export class DenseTraining implements Training {
  readonly steps: number;
  readonly epochs: number;
  private readonly layout: DenseLayout;
  private readonly network: DenseNetwork;
  private readonly predictor: Predictor;
  private readonly scaler: StandardScaler;
  private readonly rows: Matrix;
  private readonly validationRows: Matrix;
  private readonly targets: TargetTable;
  private readonly plainTargets: TargetTable;
  private readonly batches: number;
  private readonly setup: unknown;
  private readonly progress: Progress = { step: 0, figures: [], lossSum: 0, correctSum: 0 };
  private readonly bestWeights: Float32Array;
  private order: { epoch: number; rows: Int32Array } | undefined;

  constructor(private readonly parts: Parts) {
    const { training, validation, labels, settings, seed, saved, from } = parts;
    checkData(training, validation, labels);
    const raw = matrixOf(training);
    this.layout = layoutOf({ inputs: raw.columns, hidden: settings.hidden, labelCount: labels.length });
    this.setup = {
      recipe: parts.recipe,
      settings,
      seed,
      labels,
      columns: raw.columns,
      rows: training.rows,
      validationRows: validation.rows,
    };
    this.epochs = settings.epochs;
    this.batches = batchCount(training.rows, settings.batchSize);
    this.steps = this.epochs * this.batches;
    const weights = settings.classWeights === 'balanced' ? balancedClassWeights(training.labels, labels.length) : undefined;
    this.targets = targetTable(labels.length, settings.labelSmoothing, weights);
    this.plainTargets = targetTable(labels.length);
    const { dropout } = settings;
    this.network = new DenseNetwork({ layout: this.layout, capacity: settings.batchSize + 1, dropout, seed });
    const begun = saved ? this.restored(saved) : this.begun(raw, from);
    this.scaler = begun.scaler;
    this.bestWeights = begun.bestWeights;
    this.rows = standardized(raw, this.scaler);
    this.validationRows = standardized(matrixOf(validation), this.scaler);
    this.predictor = new Predictor(this.folded());
  }

  get step(): number {
    return this.progress.step;
  }

  get epoch(): number {
    return this.progress.figures.length;
  }

  get isOver(): boolean {
    return this.epoch === this.epochs || hasStoppedEarly(this.progress.figures, this.parts.settings.patience);
  }

  async advance(): Promise<EpochFigures | null> {
    if (this.isOver) throw new RangeError('The training is over');
    const { step, figures } = this.progress;
    const rows = this.nextBatch();
    const targets = this.placeBatch(rows);
    this.network.forward(rows.length, step);
    const { logits: values, logitStride: stride, logitGradient } = this.network;
    const { loss, correct } = this.loss({ values, rows: rows.length, stride }, targets, logitGradient);
    if (!Number.isFinite(loss)) throw new EarshotError('TRAINING_DIVERGED', `the loss of step ${step} is ${loss}`);
    this.network.backward(rows.length, step);
    const rate = this.parts.schedule({ step, steps: this.steps, figures });
    this.network.update(step, rate, rate * this.parts.settings.weightDecay);
    this.progress.lossSum += loss;
    this.progress.correctSum += correct;
    this.progress.step++;
    return this.progress.step % this.batches === 0 ? this.endEpoch(rate) : null;
  }

  save(): Uint8Array<ArrayBuffer> {
    const { mean, scale } = this.scaler;
    const tensors = new Map([
      ['state', { shape: [this.network.state.length], values: this.network.state }],
      ['best', { shape: [this.bestWeights.length], values: this.bestWeights }],
      ['scaler.mean', { shape: [mean.length], values: mean }],
      ['scaler.scale', { shape: [scale.length], values: scale }],
    ]);
    return writeTraining(this.setup, this.progress, tensors);
  }

  best(): Uint8Array<ArrayBuffer> {
    if (this.epoch === 0) throw new RangeError('No epoch has ended');
    const { recipe, labels, validation } = this.parts;
    const layers = layersOf(this.layout, this.bestWeights);
    const logits = this.validationLogits(new Predictor(foldNormalization(layers)));
    const temperature = fitTemperature(probabilitiesOf(logits, labels.length, 1), validation.labels);
    return writeDenseModel({ recipe, labels, scaler: this.scaler, ...layers, temperature });
  }

  close(): void {
    // Its memory goes with it.
  }

  private begun(raw: Matrix, from: Uint8Array | undefined): { scaler: StandardScaler; bestWeights: Float32Array } {
    const bestWeights = new Float32Array(this.network.weights.length);
    if (from === undefined) {
      this.network.weights.set(initialWeights(this.layout, this.parts.seed));
      return { scaler: StandardScaler.fit(raw), bestWeights };
    }
    const model = readDenseModel(from);
    const isSame = (a: readonly unknown[], b: readonly unknown[]) => JSON.stringify(a) === JSON.stringify(b);
    const sizes = model.hidden.map(({ units }) => units);
    if (
      !isSame(model.labels, this.parts.labels) ||
      !isSame(sizes, this.parts.settings.hidden) ||
      model.scaler.mean.length !== raw.columns
    ) {
      throw new EarshotError('MODEL_INVALID', 'The model to start from has other labels, layers or columns');
    }
    this.network.weights.set(weightsOf(this.layout, model)); // they were learned on its scale, which stays
    return { scaler: model.scaler, bestWeights };
  }

  private restored(saved: Uint8Array): { scaler: StandardScaler; bestWeights: Float32Array } {
    const { progress, tensors } = readTraining(saved, this.setup, ['state', 'best', 'scaler.mean', 'scaler.scale']);
    Object.assign(this.progress, progress);
    this.network.state.set(floatsOf(tensors, 'state', [this.network.state.length]));
    const columns = [this.layout.hidden[0]?.inputs ?? this.layout.head.inputs];
    const scaler = new StandardScaler(doublesOf(tensors, 'scaler.mean', columns), doublesOf(tensors, 'scaler.scale', columns));
    return { scaler, bestWeights: floatsOf(tensors, 'best', [this.network.weights.length]) };
  }

  private nextBatch(): Int32Array {
    const { settings, seed } = this.parts;
    if (this.order?.epoch !== this.epoch) this.order = { epoch: this.epoch, rows: epochOrder(this.rows.rows, seed, this.epoch) };
    return batchRows(this.order.rows, settings.batchSize, this.step % this.batches);
  }

  /** Puts the rows where the network reads them, and returns what they aim at. */
  private placeBatch(rows: Int32Array): Float32Array {
    const { input, inputStride } = this.network;
    const { training, settings, seed } = this.parts;
    for (const [i, row] of rows.entries()) input.set(this.rows.row(row), i * inputStride);
    const targets = targetsOf(
      this.targets,
      rows.map((row) => training.labels[row]!),
    );
    if (settings.mixup > 0) {
      const mix = mixOf(settings.mixup, rows.length, seed, this.step);
      mixRows(input, mix, this.rows.columns, inputStride);
      mixRows(targets, mix, this.targets.classes);
    }
    return targets;
  }

  private loss(logits: Logits, targets: Float32Array, gradient?: Float32Array): LossSum {
    const classes = this.targets.classes;
    return outputsOf(classes) === 1 ? sigmoidLoss(logits, targets, gradient) : softmaxLoss(logits, targets, classes, gradient);
  }

  private endEpoch(learningRate: number): EpochFigures {
    const { progress, rows, validationRows } = this;
    this.predictor.load(this.folded());
    const values = this.validationLogits(this.predictor);
    const targets = targetsOf(this.plainTargets, this.parts.validation.labels);
    const validated = this.loss({ values, rows: validationRows.rows, stride: this.predictor.units }, targets);
    if (!Number.isFinite(validated.loss))
      throw new EarshotError('TRAINING_DIVERGED', `the validation loss of epoch ${this.epoch} is ${validated.loss}`);
    const figures: EpochFigures = {
      epoch: this.epoch,
      trainingLoss: progress.lossSum / rows.rows,
      trainingAccuracy: progress.correctSum / rows.rows,
      validationLoss: validated.loss / validationRows.rows,
      validationAccuracy: validated.correct / validationRows.rows,
      learningRate,
    };
    progress.figures.push(figures);
    [progress.lossSum, progress.correctSum] = [0, 0];
    if (isBestSoFar(progress.figures)) this.bestWeights.set(this.network.weights);
    return figures;
  }

  private validationLogits(predictor: Predictor): Float32Array {
    return predictor.logits(this.validationRows.rows, (index, into) => into.set(this.validationRows.row(index)));
  }

  private folded() {
    return foldNormalization(layersOf(this.layout, this.network.weights));
  }
}

function standardized(matrix: Matrix, scaler: StandardScaler): Matrix {
  const out = matrix.take(Int32Array.from({ length: matrix.rows }, (_, i) => i));
  for (let i = 0; i < out.rows; i++) scaler.apply(out.row(i), out.row(i));
  return out;
}
