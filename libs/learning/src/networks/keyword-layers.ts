import type { LayerList } from './layers.js';

/** The rows that `keywordLayers` takes: frames of 40 bands. */
export const keywordInput = [64, 40, 1];

/**
 * The keyword network over 64 frames of 40 bands: convolutions that halve the bands three times and the frames twice, one over time with
 * all that is left of the bands, mean and maximum over time. 176,000 weights for 22 labels, 8 million multiplications a clip.
 */
export function keywordLayers(labels: number): LayerList {
  const normed = { kind: 'batchNorm', activation: 'relu' } as const;
  return [
    { kind: 'conv2d', filters: 16, kernel: [5, 5], strides: [2, 2], bias: false },
    normed,
    { kind: 'conv2d', filters: 32, kernel: [3, 3], strides: [1, 2], bias: false },
    normed,
    { kind: 'dropout', rate: 0.05, of: 'channels' },
    { kind: 'conv2d', filters: 48, kernel: [3, 3], strides: [2, 1], bias: false },
    normed,
    { kind: 'dropout', rate: 0.05, of: 'channels' },
    { kind: 'conv2d', filters: 64, kernel: [3, 3], strides: [1, 2], bias: false },
    normed,
    { kind: 'reshape', shape: [16, 320] },
    { kind: 'conv1d', filters: 128, kernel: 3 },
    normed,
    { kind: 'dropout', rate: 0.1 },
    { kind: 'meanAndMax' },
    { kind: 'dropout', rate: 0.3 },
    { kind: 'dense', units: labels },
  ];
}
