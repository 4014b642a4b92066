import { useRef } from 'react';
import type { Epoch } from '../../learning/epoch-curves.js';
import type { RunDetail } from '../../learning/run.js';

/** The epochs of the last checkpoint, and those that were told of since, while this page looked on. */
export function useLiveEpochs({ epochs, taskProgress }: RunDetail): Epoch[] {
  const seen = useRef(new Map<number, Epoch>());
  for (const epoch of epochs) seen.current.set(epoch.epoch, epoch);
  const told = taskProgress?.task === 'training.fit' && taskProgress.ordinal === 0 ? epochOf(taskProgress.figures) : null;
  if (told !== null) seen.current.set(told.epoch, told);
  return [...seen.current.values()].sort((a, b) => a.epoch - b.epoch);
}

/** Progress counts epochs from 1. */
function epochOf(figures: Readonly<Record<string, number>>): Epoch | null {
  const { epoch, trainingLoss, trainingAccuracy, validationLoss, validationAccuracy, learningRate } = figures;
  if (epoch === undefined || trainingLoss === undefined || validationLoss === undefined) return null;
  if (trainingAccuracy === undefined || validationAccuracy === undefined || learningRate === undefined) return null;
  return { epoch: epoch - 1, trainingLoss, trainingAccuracy, validationLoss, validationAccuracy, learningRate };
}
