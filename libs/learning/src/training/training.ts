// What every family of models keeps to: the data that a training works on, a training under way, the recipe that begins it, and the
// model that comes out of it.
import type { z } from 'zod';
import type { Explanation } from '../networks/explain-network.js';

/** What a training works on: rows of one shape (vectors, or matrices of [rows, frames], possibly of different lengths), with labels. */
export interface TrainingData {
  /** [columns] of vectors, [rows, frames] of matrices; the frames of a row that is longer or shorter follow from its length. */
  readonly shape: readonly number[];
  readonly rows: number;
  row(index: number): Float32Array;
  /** Of each row, an index into the list of labels. */
  readonly labels: Int32Array;
  /** Of each row, the recording or speaker it comes from. */
  readonly groups?: Int32Array;
}

/** What an epoch came to. */
export interface EpochFigures {
  /** From 0. */
  epoch: number;
  trainingLoss: number;
  trainingAccuracy: number;
  validationLoss: number;
  validationAccuracy: number;
  /** Of the epoch's last step. */
  learningRate: number;
}

/** A training under way: goes on step by step, may be saved after any step and gone on from there, to the same bytes as one that was never interrupted. */
export interface Training {
  /** Steps of the optimizer so far. */
  readonly step: number;
  /** Of all epochs; early stopping ends before. */
  readonly steps: number;
  /** Epochs that have ended. */
  readonly epoch: number;
  readonly epochs: number;
  readonly isOver: boolean;
  /** One step of the optimizer; the figures when it ended an epoch. */
  advance(): Promise<EpochFigures | null>;
  /** All of its state, byte-exact: weights, best weights, optimizer, step, early stopping, figures so far. */
  save(): Uint8Array<ArrayBuffer>;
  /** The model of the best epoch so far, as an artifact with all that scoring needs: scaler, labels, preprocessing. */
  best(): Uint8Array<ArrayBuffer>;
  close(): void;
}

/** What a recipe begins with. The validation part is the one by which the epoch is chosen; no training ever sees the held-out test part. */
export interface TrainingParts<Settings> {
  training: TrainingData;
  validation: TrainingData;
  labels: readonly string[];
  settings: Settings;
  seed: number;
  /** Of `save()`: go on from there. */
  saved?: Uint8Array;
  /** An artifact whose weights to start from: quick retraining. */
  from?: Uint8Array;
  /** Default `wasm`. */
  backend?: 'wasm' | 'native';
}

/** One way to train, with its settings and their defaults. */
export interface Recipe<Settings extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  /** Of models: who opens the artifact. */
  readonly family: string;
  /** Feature profile taken when none is named, for example `talent-37@1`. */
  readonly profile: string;
  readonly summary: string;
  /** `rows` of one length, vectors or matrices; `matrices` of one size; `power`: matrices of mel power, of any length. */
  readonly learnsFrom: 'rows' | 'matrices' | 'power';
  /** Whether it can begin with the weights of another model. */
  readonly startsFromModels: boolean;
  readonly settings: Settings;
  begin(parts: TrainingParts<z.output<Settings>>): Promise<Training>;
}

/** A loaded model. */
export interface Scorer {
  readonly labels: readonly string[];
  /** Of a row; null when rows may be of any length. */
  readonly shape: readonly number[] | null;
  /** Probabilities, rows × labels (softmax, or [1 − p, p] for the sigmoid of two classes). */
  score(rows: readonly Float32Array[]): Float32Array;
  /** What an answer came from; only where that is known exactly. */
  explain?(row: Float32Array): Explanation;
  close(): void;
}
