import { loadNetworkKernels } from '@earshot/kernels';
import { Random } from '../../random.js';
import type { LayerList } from '../layers.js';
import { type NetworkPlan, planNetwork, sizeOf } from '../plan.js';
import { Convolution } from './convolution.js';
import { keepFloats, Scratch, type WasmLayer, type WasmSpace } from './wasm-layer.js';
import { axesOf, winogradAxesOf } from './winograd-axes.js';
import { WinogradConvolution } from './winograd-convolution.js';

const strides = [1, 2].flatMap((down) => [1, 2].map((across) => [down, across] as const));
const sizes: [height: number, width: number, channels: number, filters: number][] = [
  [1, 1, 4, 4],
  [2, 3, 8, 4],
  [4, 5, 4, 20],
  [7, 8, 16, 12],
  [9, 16, 12, 36],
  [18, 13, 36, 8],
];

describe('a convolution by Winograd’s filtering', () => {
  const cases = strides.flatMap(([down, across]) => sizes.map((size) => [down, across, ...size] as const));

  it.each(cases)(
    'is the plain sum, both ways, with strides of %i × %i and a map of %i × %i, %i to %i channels',
    (down, across, ...size) => {
      const [height, width, channels, filters] = size;
      const plan = planOf([height, width, channels], { kind: 'conv2d', filters, kernel: [3, 3], strides: [down, across] });
      for (const rows of [1, 5]) expectTheSame(plan, rows);
    },
  );

  it.each([1, 2])('is it over one axis too, with a stride of %i', (stride) => {
    for (const frames of [1, 4, 15]) expectTheSame(planOf([frames, 12], { kind: 'conv1d', filters: 16, kernel: 3, stride }), 3);
  });

  it('is chosen where it is faster', () => {
    const isChosen = (map: number, channels: number, filters: number, stride: number, isTraining: boolean) => {
      const plan = planOf([map, map, channels], { kind: 'conv2d', filters, kernel: [3, 3], strides: [stride, stride] });
      return winogradAxesOf(plan.layers[1]!, isTraining) !== null;
    };
    expect(isChosen(32, 32, 64, 1, true)).toBe(true);
    expect(isChosen(32, 1, 64, 1, true)).toBe(false);
    expect(isChosen(32, 30, 64, 1, true)).toBe(false);
    expect(isChosen(2, 32, 64, 1, true)).toBe(false);
    expect([340, 344].map((channels) => isChosen(32, channels, channels, 1, true))).toEqual([true, false]);
    expect([true, false].map((isTraining) => isChosen(4, 32, 64, 1, isTraining))).toEqual([true, false]);
    expect([16, 64].map((channels) => isChosen(32, channels, channels, 2, true))).toEqual([false, true]);
  });
});

/** Of the layer that is asked for: the second one, so that the gradient of its input is wanted. */
function planOf(input: number[], layer: LayerList[number]): NetworkPlan {
  return planNetwork([{ kind: 'batchNorm' }, layer, { kind: 'meanAndMax' }, { kind: 'dense', units: 2 }], input, 2);
}

function expectTheSame(plan: NetworkPlan, rows: number): void {
  for (const use of ['training', 'serving'] as const) {
    const [down, across] = axesOf(plan.layers[1]!);
    const plain = computed(plan, rows, use, (space, input) => new Convolution(space, plan.layers[1]!, input));
    const mine = computed(plan, rows, use, (space, input) => new WinogradConvolution(space, plan.layers[1]!, input, [down!, across!]));
    for (const [i, expected] of plain.entries()) {
      const largest = Math.max(...expected.map(Math.abs));
      expect(Math.max(...expected.map((value, at) => Math.abs(value - mine[i]![at]!)))).toBeLessThan(5e-6 * largest);
    }
  }
}

/** Output, gradient of the input and of the weights. */
function computed(
  plan: NetworkPlan,
  rows: number,
  use: 'training' | 'serving',
  layerOf: (space: WasmSpace, input: number) => WasmLayer,
): Float32Array[] {
  const kernels = loadNetworkKernels(use);
  const { arena } = kernels;
  const [weights, gradient] = [arena.keep(4 * plan.weightCount), arena.keep(4 * plan.weightCount)];
  const scratch = new Scratch();
  const space: WasmSpace = { kernels, maxRows: rows, weights, gradient, statistics: 0, batchStatistics: 0, isTraining: true, scratch };
  const { input, output } = plan.layers[1]!;
  const [inputs, outputs] = [rows * sizeOf(input), rows * sizeOf(output)];
  const [x, d, dx] = [keepFloats(space, inputs), keepFloats(space, outputs), keepFloats(space, inputs)];
  const layer = layerOf(space, x);
  scratch.take(space);
  const noise = (pointer: number, count: number, purpose: string) => {
    const random = new Random(5, purpose);
    for (let i = 0; i < count; i++) arena.f32(pointer, count)[i] = random.normal(i);
  };
  noise(weights, plan.weightCount, 'weights');
  arena.f32(gradient, plan.weightCount).fill(1);
  noise(x, inputs, 'input');
  noise(d, outputs, 'gradient');
  layer.load?.();
  layer.forward(rows, null);
  layer.backward(rows, d, dx, { seed: 1, step: 0, firstRow: 0 });
  return [arena.f32(layer.output, outputs), arena.f32(dx, inputs), arena.f32(gradient, plan.weightCount)];
}
