import type { EpochFigures } from './training.js';

/** The epoch with the lowest validation loss, the earliest of equals; −1 before the first. */
export function bestEpoch(figures: readonly EpochFigures[]): number {
  let best = -1;
  figures.forEach(({ validationLoss }, epoch) => {
    if (best < 0 || validationLoss < figures[best]!.validationLoss) best = epoch;
  });
  return best;
}

/** Whether `patience` epochs have passed since the best one. Reference: Keras `EarlyStopping`. */
export function hasStoppedEarly(figures: readonly EpochFigures[], patience: number): boolean {
  return figures.length > 0 && figures.length - 1 - bestEpoch(figures) >= patience;
}
