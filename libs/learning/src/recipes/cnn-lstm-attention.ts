import { z } from 'zod';
import { beginNetwork } from '../networks/begin-network.js';
import type { LayerList } from '../networks/layers.js';
import type { Recipe } from '../training/training.js';
import { checkMatrices } from './check-matrices.js';
import { networkSettings, trainingBy } from './network-settings.js';

const settings = z.strictObject({
  ...networkSettings,
  epochs: networkSettings.epochs.default(100),
  learningRate: networkSettings.learningRate.default(0.001),
  schedule: networkSettings.schedule.default('plateau'),
  weightDecay: networkSettings.weightDecay.default(0),
  patience: networkSettings.patience.default(15),
  labelSmoothing: networkSettings.labelSmoothing.default(0),
  mixup: networkSettings.mixup.default(0),
  dropout: z.number().min(0).max(0.9).default(0.3),
  meanNormalise: z
    .boolean()
    .default(false)
    .meta({ description: 'Takes the mean of each coefficient over the real frames away: what a microphone or a room colours' }),
  coefficients: z.int().min(1).max(4096).nullable().default(null).meta({ description: 'Of each frame, the first so many; null takes all' }),
});

/** The network of the old keyword system, on cepstra. */
export const cnnLstmAttention: Recipe<typeof settings> = {
  name: 'cnn-lstm-attention',
  family: 'network',
  profile: 'mfcc-49x40@1',
  summary: 'Convolutions over time 32-64-128, LSTM, additive self-attention, LSTM, Dense 256-64',
  learnsFrom: 'matrices',
  startsFromModels: true,
  settings,
  async begin(parts) {
    const { training, labels, settings: chosen } = parts;
    const [rows, frames] = checkMatrices(training);
    const coefficients = Math.min(chosen.coefficients ?? rows, rows);
    const preparation = { name: 'cepstra@1', options: { frames, coefficients, meanNormalise: chosen.meanNormalise } };
    return beginNetwork({
      ...trainingBy(parts),
      recipe: cnnLstmAttention.name,
      network: { layers: cnnLstmAttentionLayers(labels.length, chosen.dropout), input: [frames, coefficients], preparation },
      microBatch: 16,
    });
  },
};

function cnnLstmAttentionLayers(labels: number, rate: number): LayerList {
  const blocks = [32, 64, 128].flatMap(
    (filters): LayerList => [
      { kind: 'conv1d', filters, kernel: 3, bias: false },
      { kind: 'batchNorm', activation: 'relu' },
      { kind: 'maxPool1d', size: 2 },
    ],
  );
  return [
    { kind: 'batchNorm' },
    ...blocks,
    { kind: 'lstm', units: 128, sequences: true },
    { kind: 'selfAttention', units: 32 },
    { kind: 'lstm', units: 128 },
    { kind: 'dense', units: 256, activation: 'relu' },
    { kind: 'dropout', rate },
    { kind: 'dense', units: 64, activation: 'relu' },
    { kind: 'dropout', rate },
    { kind: 'dense', units: labels },
  ];
}
