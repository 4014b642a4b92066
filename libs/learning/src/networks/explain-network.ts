import { type FeatureMap, firstFrames, folded, reduced, weighted } from './feature-map.js';
import type { NetworkModel } from './network-model.js';
import { channelsOf, type PlannedLayer } from './plan.js';
import type { WasmEngine } from './wasm/wasm-engine.js';

/** What a network made of one row on the way to its answer. */
export interface Explanation {
  probabilities: Float32Array;
  /** Frames of the row that are heard; what follows is silence, instead of which the clip is heard again. */
  frames: number;
  /** Of each layer that has a name: the mean over its channels. */
  layers: { name: string; channels: number; map: FeatureMap }[];
  /** Of each label: how much each place speaks for it. The mean over the map and `bias` are the label's logit. */
  activations: { map: FeatureMap; bias: number }[];
}

const most = { bands: 64, frames: 128 };

/** The mean over all places and one layer of labels after it: an answer is then a sum over places, and nothing else. */
export function isExplainable({ plan }: NetworkModel): boolean {
  const [mean, ...rest] = tailOf(plan.layers);
  return (
    mean?.input.length === 3 &&
    rest.length > 0 &&
    rest.every(({ layer }, i) => layer.kind === (i === rest.length - 1 ? 'dense' : 'dropout'))
  );
}

function tailOf(layers: readonly PlannedLayer[]): readonly PlannedLayer[] {
  return layers.slice(layers.findIndex(({ layer }) => layer.kind === 'mean'));
}

/**
 * Feature maps, and the class activation map of each label (Zhou et al. 2016): with w and b of the last layer and f of what the mean is
 * taken over,
 *
 *     logit[c] = b[c] + Σₖ w[k][c]·mean of f[k] = b[c] + mean over places of Σₖ w[k][c]·f[k]
 *
 * so the map is exact. `input` is one prepared row, of which `frames` are heard before they come again.
 */
export function explainNetwork({ plan, weights }: NetworkModel, engine: WasmEngine, input: Float32Array, frames: number): Explanation {
  const probabilities = new Float32Array(plan.labels);
  engine.predict(input, probabilities);
  const periodOf = (mapFrames: number) => Math.min(mapFrames, Math.ceil(frames / Math.round(plan.input[0]! / mapFrames)));
  const layers = plan.layers.flatMap(({ layer, index, output: [mapFrames = 0, bands = 0, channels = 0] }) => {
    if (!('name' in layer) || layer.name === undefined) return [];
    const map = weighted(engine.output(index), bands, new Float32Array(channels).fill(1 / channels));
    return [{ name: layer.name, channels, map: reduced(firstFrames(map, periodOf(mapFrames)), most) }];
  });
  const tail = tailOf(plan.layers);
  const [{ input: [mapFrames = 0, bands = 0] = [], index = 0 } = {}, dense] = [tail[0], tail.at(-1)];
  const { kernel, bias } = dense!.weights;
  const channels = channelsOf(dense!.input);
  const heard = engine.output(index - 1);
  const activations = Array.from({ length: plan.labels }, (_, label) => {
    const ofLabel = Float32Array.from({ length: channels }, (_, k) => weights[kernel!.offset + k * plan.labels + label]!);
    return { map: reduced(folded(weighted(heard, bands, ofLabel), periodOf(mapFrames)), most), bias: weights[bias!.offset + label]! };
  });
  return { probabilities, frames, layers, activations };
}
