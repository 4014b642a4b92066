import { z } from 'zod';
import { balancedClassWeights } from '../data/labels.js';
import type { NetworkParts } from '../networks/network-parts.js';
import { constant, cosine, oneCycle, plateau, type Schedule } from '../training/schedules.js';
import type { TrainingParts } from '../training/training.js';

/** What can be set of every convolutional recipe; each gives its own defaults. */
export const networkSettings = {
  epochs: z.int().min(5).max(200).meta({ description: 'At most; early stopping ends before' }),
  batchSize: z.int().min(8).max(128).default(32),
  learningRate: z.number().min(1e-6).max(1).meta({ description: 'Of the first step, or the peak of one-cycle' }),
  schedule: z
    .enum(['plateau', 'constant', 'cosine', 'one-cycle'])
    .meta({ description: 'plateau halves the rate after 5 epochs without a lower validation loss, down to 1e-5' }),
  weightDecay: z.number().min(0).max(0.5).meta({ description: 'Above 0 this is AdamW; only matrices decay' }),
  patience: z.int().min(1).max(200).meta({ description: 'Epochs without a lower validation loss until early stopping' }),
  labelSmoothing: z.number().min(0).max(0.5),
  mixup: z.number().min(0).max(1).meta({ description: 'Alpha of mixup; 0 leaves it out' }),
  classWeights: z
    .enum(['none', 'balanced'])
    .default('none')
    .meta({ description: 'balanced lets rare labels count as much as frequent ones' }),
};

type NetworkSettings = { [Name in keyof typeof networkSettings]: z.output<(typeof networkSettings)[Name]> };

/** What of a network's training follows from these settings. */
export function trainingBy<Settings extends NetworkSettings>({
  settings,
  ...parts
}: TrainingParts<Settings>): Omit<NetworkParts, 'recipe' | 'network' | 'microBatch'> {
  const { epochs, batchSize, learningRate, schedule, weightDecay, patience, labelSmoothing, mixup, classWeights } = settings;
  return {
    ...parts,
    settings,
    epochs,
    batch: batchSize,
    schedule: schedules[schedule](learningRate),
    optimizer: { weightDecay },
    patience,
    labelSmoothing,
    mixup,
    ...(classWeights === 'balanced' && { classWeights: [...balancedClassWeights(parts.training.labels, parts.labels.length)] }),
  };
}

const schedules: Record<NetworkSettings['schedule'], (rate: number) => Schedule> = {
  plateau: (rate) => plateau(rate, { factor: 0.5, patience: 5, floor: 1e-5 }),
  constant,
  cosine: (rate) => cosine(rate),
  'one-cycle': (rate) => oneCycle(rate),
};
