import { EarshotError } from '@earshot/contracts';
import { z } from 'zod';
import { beginNetwork } from '../../networks/begin-network.js';
import type { Recipe } from '../../training/training.js';
import { checkMatrices } from '../check-matrices.js';
import { networkSettings, trainingBy } from '../network-settings.js';
import { framesPerStep } from './sound-input.js';
import { soundLayers } from './sound-layers.js';

const filters = z.int().min(8).max(512).multipleOf(8);

const settings = z.strictObject({
  ...networkSettings,
  epochs: networkSettings.epochs.default(100),
  learningRate: networkSettings.learningRate.default(0.003),
  schedule: networkSettings.schedule.default('one-cycle'),
  weightDecay: networkSettings.weightDecay.default(0.01),
  patience: networkSettings.patience.default(200),
  labelSmoothing: networkSettings.labelSmoothing.default(0.1),
  mixup: networkSettings.mixup.default(0.2),
  dropout: z.number().min(0).max(0.9).default(0.2),
  masks: z.boolean().default(true).meta({ description: 'Whether bands and frames of the training rows are masked (SpecAugment)' }),
  cropFrames: z
    .int()
    .min(16)
    .max(1024)
    .multipleOf(framesPerStep)
    .default(96)
    .meta({ description: 'Frames of the pieces that it learns from, 43 a second; a piece is drawn anew each epoch' }),
  filters: z
    .tuple([filters, filters, filters, filters])
    .default([16, 32, 64, 96])
    .meta({ description: 'Channels of the first convolution and of the three stages' }),
});

/** Environmental sounds: learns from short pieces, scores whole clips, and can show what an answer came from. */
export const sounds: Recipe<typeof settings> = {
  name: 'sounds',
  family: 'network',
  profile: 'logmel-128@1',
  summary: 'Three residual stages 32-64-96 and the mean over time and bands; learns from short pieces of the clips',
  learnsFrom: 'matrices',
  startsFromModels: true,
  settings,
  async begin(parts) {
    const { training, labels, settings: chosen } = parts;
    const [bands, frames] = checkMatrices(training);
    if (frames < framesPerStep)
      throw new EarshotError('TRAINING_DATA_UNFIT', `${frames} frames are too few: this recipe takes ${framesPerStep} and more`);
    const crop = Math.min(chosen.cropFrames, frames);
    return beginNetwork({
      ...trainingBy(parts),
      recipe: sounds.name,
      network: {
        layers: soundLayers(labels.length, chosen.filters, chosen.dropout),
        input: [frames, bands, 1],
        preparation: { name: 'sounds@1', options: { crop, masks: chosen.masks } },
      },
      crop,
      microBatch: 8,
    });
  },
};
