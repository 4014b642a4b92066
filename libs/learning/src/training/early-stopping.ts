import type { EpochFigures } from './training.js';

/** The epoch with the lowest validation loss, the earliest of equals. */
export function bestEpoch(figures: readonly EpochFigures[]): number {
  let best = 0;
  figures.forEach(({ validationLoss }, epoch) => {
    if (validationLoss < figures[best]!.validationLoss) best = epoch;
  });
  return best;
}

/** Whether the newest epoch is the best: its weights are those to keep. */
export function isBestSoFar(figures: readonly EpochFigures[]): boolean {
  return bestEpoch(figures) === figures.length - 1;
}

/** Whether `patience` epochs have passed since the best one. Reference: Keras `EarlyStopping`. */
export function hasStoppedEarly(figures: readonly EpochFigures[], patience: number): boolean {
  return figures.length > 0 && figures.length - 1 - bestEpoch(figures) >= patience;
}
