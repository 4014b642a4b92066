import { EarshotError } from '@earshot/contracts';
import type { TrainingData } from '../training/training.js';

/** The rows and frames of data that are matrices of one size. */
export function checkMatrices({ shape }: TrainingData): [rows: number, frames: number] {
  const [rows, frames] = shape;
  if (shape.length === 2 && rows !== undefined && frames !== undefined) return [rows, frames];
  throw new EarshotError('TRAINING_DATA_UNFIT', `this recipe learns from matrices of features over time, not from [${shape}]`);
}
