import { z } from 'zod';
import { DenseTraining } from '../dense/dense-training.js';
import { constant, cosine, oneCycle, plateau, type Schedule } from '../training/schedules.js';
import type { Recipe } from '../training/training.js';

const settings = z
  .strictObject({
    hidden: z.array(z.int().min(1).max(4096)).min(1).max(8).default([256, 128, 64, 32]).meta({ description: 'Units of each hidden layer' }),
    dropout: z
      .array(z.number().min(0).max(0.9))
      .min(1)
      .max(8)
      .default([0.3, 0.3, 0.2, 0.2])
      .meta({ description: 'Share of values dropped after each hidden layer' }),
    epochs: z.int().min(5).max(200).default(100).meta({ description: 'At most; early stopping ends before' }),
    batchSize: z.int().min(8).max(128).default(32),
    learningRate: z.number().min(1e-6).max(1).default(0.001).meta({ description: 'Of the first step, or the peak of one-cycle' }),
    schedule: z
      .enum(['plateau', 'constant', 'cosine', 'one-cycle'])
      .default('plateau')
      .meta({ description: 'plateau halves the rate after 5 epochs without a lower validation loss, down to 1e-5' }),
    weightDecay: z.number().min(0).max(0.5).default(0).meta({ description: 'Above 0 this is AdamW; only matrices decay' }),
    patience: z.int().min(1).max(200).default(15).meta({ description: 'Epochs without a lower validation loss until early stopping' }),
    labelSmoothing: z.number().min(0).max(0.5).default(0),
    mixup: z.number().min(0).max(1).default(0).meta({ description: 'Alpha of mixup; 0 leaves it out' }),
    classWeights: z
      .enum(['none', 'balanced'])
      .default('none')
      .meta({ description: 'balanced lets rare labels count as much as frequent ones' }),
  })
  .refine(({ hidden, dropout }) => hidden.length === dropout.length, { path: ['dropout'], error: 'needs one share for each hidden layer' });

/** The dense network of the talent system, for vectors of any profile and any number of labels. */
export const talentMlp: Recipe<typeof settings> = {
  name: 'talent-mlp',
  family: 'dense',
  profile: 'talent-37@1',
  summary: 'Dense 256-128-64-32 with batch normalisation and dropout on standardised vectors',
  learnsFrom: 'rows',
  startsFromModels: true,
  settings,
  async begin(parts) {
    return new DenseTraining({
      ...parts,
      recipe: talentMlp.name,
      schedule: schedules[parts.settings.schedule](parts.settings.learningRate),
    });
  },
};

const schedules: Record<z.output<typeof settings>['schedule'], (rate: number) => Schedule> = {
  plateau: (rate) => plateau(rate, { factor: 0.5, patience: 5, floor: 1e-5 }),
  constant,
  cosine: (rate) => cosine(rate),
  'one-cycle': (rate) => oneCycle(rate),
};
