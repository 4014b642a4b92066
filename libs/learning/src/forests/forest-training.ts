import { EarshotError } from '@earshot/contracts';
import { doublesOf } from '../artifact/model-file.js';
import { readTraining, writeTraining } from '../artifact/saved-training.js';
import { balancedClassWeights } from '../data/labels.js';
import { matrixOf } from '../data/matrix.js';
import { fitTemperature } from '../measures/calibration.js';
import { logLoss, predictedLabels } from '../measures/evaluation.js';
import { Random } from '../random.js';
import { checkData } from '../training/check-data.js';
import type { EpochFigures, Training, TrainingData, TrainingParts } from '../training/training.js';
import { Forest } from './forest.js';
import { forestNames, forestTensors, meansOf, readForest, writeForestModel } from './forest-scorer.js';
import { TreeGrower } from './grow-tree.js';
import { SortedColumns } from './sorted-columns.js';

export interface ForestSettings {
  trees: number;
  columnsPerSplit: 'sqrt' | 'all' | number;
  maxDepth: number | null;
  minRowsToSplit: number;
  minRowsInLeaf: number;
  /** Whether each tree sees as many rows as there are, drawn with replacement, or every row once. */
  bootstrap: boolean;
  classWeights: 'none' | 'balanced';
}

type Parts = Omit<TrainingParts<ForestSettings>, 'backend'> & { recipe: string };

/** For the figures: a forest has no epochs of its own. */
const treesPerEpoch = 10;

/** A part of the data with what the trees so far say of it. */
interface Judged {
  rows: readonly Float32Array[];
  labels: Int32Array;
  /** Rows × labels: of each label, its share in the leaves, added up over the trees. */
  sums: Float64Array;
}

/**
 * The growing of a random forest, one tree a step. Tree t depends on the data, the seed and t alone (its bag and its columns), so what is
 * saved are the trees and what they say of the rows. The figures are those of all trees so far; no tree is ever taken back, so the best
 * epoch is the last one.
 */
export class ForestTraining implements Training {
  readonly steps: number;
  readonly epochs: number;
  private readonly columns: number;
  private readonly grower: TreeGrower;
  private readonly training: Judged;
  private readonly validation: Judged;
  private readonly setup: unknown;
  private grown: Forest[] = [];
  private figures: EpochFigures[] = [];
  private grownTrees = 0;

  constructor(private readonly parts: Parts) {
    const { training, validation, labels, settings, seed, recipe, saved, from } = parts;
    if (from) throw new EarshotError('REQUEST_INVALID', 'A forest is grown anew each time: it cannot start from another model');
    checkData(training, validation, labels);
    const matrix = matrixOf(training);
    const [rows, validationRows] = [training.rows, validation.rows];
    this.columns = matrix.columns;
    this.setup = { recipe, settings, seed, labels, columns: this.columns, rows, validationRows };
    this.steps = settings.trees;
    this.epochs = Math.ceil(settings.trees / treesPerEpoch);
    const balanced = settings.classWeights === 'balanced';
    const weights = balanced ? balancedClassWeights(training.labels, labels.length) : new Float64Array(labels.length).fill(1);
    const columnsPerSplit = columnsLookedAt(settings.columnsPerSplit, this.columns);
    this.grower = new TreeGrower(new SortedColumns(matrix), training.labels, weights, { ...settings, columnsPerSplit });
    this.training = judged(training, labels.length);
    this.validation = judged(validation, labels.length);
    if (saved) this.restore(saved);
  }

  get step(): number {
    return this.grownTrees;
  }

  get epoch(): number {
    return this.figures.length;
  }

  get isOver(): boolean {
    return this.step === this.steps;
  }

  async advance(): Promise<EpochFigures | null> {
    if (this.isOver) throw new RangeError('The training is over');
    const { seed } = this.parts;
    const tree = this.grower.grow(this.bag(), new Random(seed, 'columns', this.step));
    for (const part of [this.training, this.validation]) tree.addLeaves(part.rows, part.sums);
    this.grown.push(tree);
    this.grownTrees++;
    if (this.step % treesPerEpoch !== 0 && !this.isOver) return null;
    const [training, validation] = [this.judge(this.training), this.judge(this.validation)];
    const figures: EpochFigures = {
      epoch: this.epoch,
      trainingLoss: training.loss,
      trainingAccuracy: training.accuracy,
      validationLoss: validation.loss,
      validationAccuracy: validation.accuracy,
      learningRate: 0, // there is none
    };
    this.figures.push(figures);
    return figures;
  }

  save(): Uint8Array<ArrayBuffer> {
    const tensors = forestTensors(this.forest());
    for (const [name, { sums }] of this.judgedParts()) tensors.set(name, { shape: [sums.length], values: sums });
    return writeTraining(this.setup, { step: this.step, figures: this.figures, lossSum: 0, correctSum: 0 }, tensors);
  }

  best(): Uint8Array<ArrayBuffer> {
    if (this.step === 0) throw new RangeError('No tree has been grown');
    const { recipe, labels, validation } = this.parts;
    const temperature = fitTemperature(meansOf(this.validation.sums, this.step), validation.labels);
    return writeForestModel(this.forest(), { recipe, labels, shape: [this.columns], temperature });
  }

  close(): void {
    // Its memory goes with it.
  }

  /** How often each row is in the bag of the next tree. */
  private bag(): Int32Array {
    const { training, settings, seed } = this.parts;
    const times = new Int32Array(training.rows);
    if (!settings.bootstrap) return times.fill(1);
    const random = new Random(seed, 'bag', this.step);
    for (let i = 0; i < times.length; i++) times[random.below(i, times.length)]!++;
    return times;
  }

  private judge({ sums, labels }: Judged): { loss: number; accuracy: number } {
    const probabilities = meansOf(sums, this.step);
    const predicted = predictedLabels(probabilities, this.parts.labels.length);
    const right = predicted.filter((label, row) => label === labels[row]).length;
    return { loss: logLoss(probabilities, labels) ?? 0, accuracy: right / labels.length };
  }

  private forest(): Forest {
    const all = Forest.join(this.grown, this.parts.labels.length);
    this.grown = [all];
    return all;
  }

  private restore(saved: Uint8Array): void {
    const { progress, tensors } = readTraining(saved, this.setup, [...forestNames, ...this.judgedParts().map(([name]) => name)]);
    const forest = readForest(tensors, this.parts.labels.length);
    if (progress.step > 0) forest.check(this.columns);
    if (forest.roots.length !== progress.step) throw new EarshotError('MODEL_INVALID', 'The saved training has lost trees');
    this.grown = [forest];
    this.figures = progress.figures;
    this.grownTrees = progress.step;
    for (const [name, { sums }] of this.judgedParts()) sums.set(doublesOf(tensors, name, [sums.length]));
  }

  private judgedParts(): [string, Judged][] {
    return [
      ['training', this.training],
      ['validation', this.validation],
    ];
  }
}

function columnsLookedAt(setting: ForestSettings['columnsPerSplit'], columns: number): number {
  if (setting === 'all') return columns;
  return setting === 'sqrt' ? Math.floor(Math.sqrt(columns)) : Math.min(setting, columns);
}

function judged(data: TrainingData, labelCount: number): Judged {
  const rows = Array.from({ length: data.rows }, (_, i) => data.row(i));
  return { rows, labels: data.labels, sums: new Float64Array(data.rows * labelCount) };
}
