import { z } from 'zod';
import { balancedClassWeights } from '../../data/labels.js';
import { beginNetwork } from '../../networks/begin-network.js';
import { keywordInput, keywordLayers } from '../../networks/keyword-layers.js';
import { oneCycle } from '../../training/schedules.js';
import type { Recipe } from '../../training/training.js';
import { wordAugmentation } from './word-augmentation.js';

const settings = z.strictObject({
  epochs: z.int().min(5).max(200).default(30),
  batchSize: z.int().min(8).max(128).default(64),
  learningRate: z.number().min(1e-6).max(1).default(0.002).meta({ description: 'The peak of one-cycle, after 15 % of the steps' }),
  weightDecay: z.number().min(0).max(0.5).default(0.001),
  labelSmoothing: z.number().min(0).max(0.5).default(0.05),
  patience: z.int().min(1).max(200).default(200).meta({ description: 'Epochs without a lower validation loss until early stopping' }),
  classWeights: z
    .enum(['none', 'balanced'])
    .default('none')
    .meta({ description: 'balanced lets rare labels count as much as frequent ones' }),
  augmentation: wordAugmentation.prefault({}).meta({ description: 'How words are varied, anew each time they are heard' }),
});

/** Words said one at a time, by people of whom none need be in the training data. */
export const keywordRecipe: Recipe<typeof settings> = {
  name: 'keywords',
  family: 'network',
  profile: 'speech-40@1',
  summary: 'Four convolutions over time and frequency and one over time, on words that are varied each time they are heard',
  learnsFrom: 'power',
  startsFromModels: true,
  settings,
  begin({ settings: chosen, ...parts }) {
    const { epochs, batchSize, learningRate, weightDecay, labelSmoothing, patience, classWeights, augmentation } = chosen;
    return beginNetwork({
      ...parts,
      settings: chosen,
      recipe: keywordRecipe.name,
      network: wordNetwork(parts.labels.length, augmentation),
      epochs,
      batch: batchSize,
      microBatch: 32,
      schedule: oneCycle(learningRate, { warmup: 0.15 }),
      optimizer: { weightDecay },
      labelSmoothing,
      patience,
      ...(classWeights === 'balanced' && { classWeights: [...balancedClassWeights(parts.training.labels, parts.labels.length)] }),
    });
  },
};

/** The keyword network with its preparation, for models of so many labels. */
export function wordNetwork(labels: number, augmentation: z.output<typeof wordAugmentation>) {
  return { layers: keywordLayers(labels), input: keywordInput, preparation: { name: 'words@1', options: { augmentation } } };
}
