import { z } from 'zod';
import { beginNetwork } from '../networks/begin-network.js';
import type { LayerList } from '../networks/layers.js';
import type { Recipe, TrainingData } from '../training/training.js';
import { checkMatrices } from './check-matrices.js';
import { networkSettings, trainingBy } from './network-settings.js';

const settings = z.strictObject({
  ...networkSettings,
  epochs: networkSettings.epochs.default(100),
  learningRate: networkSettings.learningRate.default(0.002),
  schedule: networkSettings.schedule.default('one-cycle'),
  weightDecay: networkSettings.weightDecay.default(1e-3),
  patience: networkSettings.patience.default(200),
  labelSmoothing: networkSettings.labelSmoothing.default(0.1),
  mixup: networkSettings.mixup.default(0.2),
  dropout: z.number().min(0).max(0.9).default(0.3),
  masks: z.boolean().default(true).meta({ description: 'Whether bands and frames of the training rows are masked (SpecAugment)' }),
});

/** Sounds by their mel spectrogram. */
export const cnn: Recipe<typeof settings> = {
  name: 'cnn',
  family: 'network',
  profile: 'logmel-128@1',
  summary: 'Convolutions 32-64-128 with batch normalisation and pooling, mean and maximum over all that is left',
  learnsFrom: 'matrices',
  startsFromModels: true,
  settings,
  async begin(parts) {
    const { training, labels, settings: chosen } = parts;
    const [bands, frames] = checkMatrices(training);
    const preparation = { name: 'log-mel@1', options: { ...levelOf(training), masks: chosen.masks } };
    return beginNetwork({
      ...trainingBy(parts),
      recipe: cnn.name,
      network: { layers: cnnLayers(labels.length, chosen.dropout), input: [frames, bands, 1], preparation },
      microBatch: 8,
    });
  },
};

function cnnLayers(labels: number, dropout: number): LayerList {
  const blocks = [32, 64, 128].flatMap(
    (filters): LayerList => [
      { kind: 'conv2d', filters, kernel: [3, 3], bias: false },
      { kind: 'batchNorm', activation: 'relu' },
      { kind: 'maxPool2d', size: [2, 2] },
    ],
  );
  return [...blocks, { kind: 'meanAndMax' }, { kind: 'dropout', rate: dropout }, { kind: 'dense', units: labels }];
}

/** Mean and deviation of the values of up to 200 rows, evenly taken: what the network sees has mean 0 and deviation 1. */
function levelOf({ rows, row }: TrainingData): { level: number; deviation: number } {
  const taken = Math.min(rows, 200);
  let [count, sum, squares] = [0, 0, 0];
  for (let i = 0; i < taken; i++) {
    for (const value of row(Math.floor((i * rows) / taken))) {
      count++;
      sum += value;
      squares += value * value;
    }
  }
  const level = sum / count;
  return { level, deviation: Math.sqrt(Math.max(1e-12, squares / count - level * level)) };
}
