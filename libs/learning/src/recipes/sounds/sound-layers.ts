import type { LayerList } from '../../networks/layers.js';

/**
 * The network of sounds over [frames, bands]: a convolution, then three times one that halves frames (twice) and bands, and a residual block
 * (He et al. 2016: two convolutions whose output is added to their input), the mean over all that is left, and one layer of labels. Nothing
 * in it depends on how many frames there are.
 */
export function soundLayers(labels: number, filters: readonly number[], dropout: number): LayerList {
  const [stem = 0, ...stages] = filters;
  const layers: LayerList = [
    { kind: 'conv2d', filters: stem, kernel: [5, 5], strides: [2, 2], bias: false },
    { kind: 'batchNorm', activation: 'relu', name: 'conv1' },
  ];
  for (const [i, filters] of stages.entries()) {
    const name = `layer${i + 1}`;
    const isLast = i === stages.length - 1;
    layers.push(
      { kind: 'conv2d', filters, kernel: [3, 3], strides: [isLast ? 1 : 2, 2], bias: false },
      { kind: 'batchNorm', activation: 'relu', name: `${name}.down` },
    );
    const from = layers.length - 1;
    layers.push(
      { kind: 'conv2d', filters, kernel: [3, 3], bias: false },
      { kind: 'batchNorm', activation: 'relu', name: `${name}.conv1` },
      { kind: 'conv2d', filters, kernel: [3, 3], bias: false },
      { kind: 'batchNorm', name: `${name}.conv2` },
      { kind: 'add', from, activation: 'relu', name },
    );
  }
  return [...layers, { kind: 'mean' }, { kind: 'dropout', rate: dropout }, { kind: 'dense', units: labels }];
}
