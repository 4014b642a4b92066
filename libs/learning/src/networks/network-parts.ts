import type { Schedule } from '../training/schedules.js';
import type { TrainingParts } from '../training/training.js';
import type { AdamOptions } from './adam.js';
import type { NetworkDescription } from './network-description.js';

/** Which rows each batch has; a function of seed and epoch alone. */
export interface Batches {
  perEpoch: number;
  rows(epoch: number, index: number): Int32Array;
}

/** What a recipe gives to train a network. */
export interface NetworkParts extends TrainingParts<unknown> {
  recipe: string;
  network: NetworkDescription;
  /** Frames that a training row has, where it is a piece of the network's input: none of its layers may depend on how many there are. */
  crop?: number;
  epochs: number;
  /** Rows of a step. */
  batch: number;
  /** Rows at most that are computed together: they share their batch statistics, and memory is by them. */
  microBatch: number;
  schedule: Schedule;
  optimizer: AdamOptions;
  /** Default: all rows in an order by seed and epoch. */
  batches?: Batches;
  /** Share of the target that goes to all labels evenly. Default 0. */
  labelSmoothing?: number;
  /** Of each label. Default 1. */
  classWeights?: readonly number[];
  /** Alpha of the Beta distribution that rows are mixed by. Default 0: none. */
  mixup?: number;
  /** Epochs without a better one before the end. Default: all. */
  patience?: number;
  /** Default: one for each core, at most four. The bytes are the same for any number. */
  threads?: number;
}
