import { type PlannedLayer, sizeOf } from '../plan.js';
import { wholePanels } from './geometry.js';
import { bytesOfFloat, keepFloats, type WasmLayer, type WasmSpace } from './wasm-layer.js';

/** Outputs of a tile along an axis, products of a tile, and tiles of a block (a multiple of six; 12 and 48 take as long, 96 longer). */
const [tileSide, points, blockTiles] = [4, 36, 24];

/**
 * Whether `WinogradConvolution` can compute a layer, and is faster. Measured on maps of 1 × 16 to 54 × 32 with 4 to 128 channels: two to
 * three times from 16 channels on where tiles are filled, nothing where less than half of them is, and one row that is scored wants a few.
 */
export function suitsWinograd({ layer, input }: PlannedLayer): boolean {
  if (layer.kind !== 'conv2d' || layer.kernel.join() !== '3,3' || layer.strides.join() !== '1,1') return false;
  const [height = 0, width = 0, channels = 0] = input;
  const tiles = tilesOf(height, width);
  return channels % 4 === 0 && layer.filters % 4 === 0 && tiles >= 4 && height * width >= 9 * tiles;
}

/** Convolution of 3 × 3 taps and stride 1 by a quarter of the multiplications (assembly/networks/winograd-lines.ts). */
export class WinogradConvolution implements WasmLayer {
  readonly output: number;
  private readonly map: readonly [height: number, width: number];
  private readonly channels: number;
  private readonly filters: number;
  private readonly relu: boolean;
  /** In bytes, from the first weight; the bias where there is one. */
  private readonly kernel: number;
  private readonly bias: number | null;
  private readonly panels: number;
  private readonly turnedPanels: number;
  private readonly block: number;
  private readonly scratch: number;

  constructor(
    private readonly space: WasmSpace,
    planned: PlannedLayer,
    private readonly input: number,
  ) {
    const { kernel, bias } = planned.weights;
    const [height = 0, width = 0, channels = 0] = planned.input;
    this.map = [height, width];
    this.channels = channels;
    this.filters = kernel!.shape.at(-1)!;
    this.relu = 'activation' in planned.layer && planned.layer.activation === 'relu';
    this.kernel = bytesOfFloat * kernel!.offset;
    this.bias = bias ? bytesOfFloat * bias.offset : null;
    this.output = keepFloats(space, space.maxRows * sizeOf(planned.output));
    const hasInputGradient = space.isTraining && planned.index > 0;
    this.panels = keepFloats(space, matrices(channels * wholePanels(this.filters)));
    this.turnedPanels = hasInputGradient ? keepFloats(space, matrices(this.filters * wholePanels(channels))) : 0;
    this.block = Math.min(blockTiles, 6 * Math.ceil((space.maxRows * tilesOf(height, width)) / 6));
    this.scratch = keepFloats(space, space.isTraining ? Math.max(this.scratchForward, this.scratchWeights) : this.scratchForward);
  }

  load(): void {
    const { run } = this.space.kernels;
    const weights = this.space.weights + this.kernel;
    run.winogradPanels(weights, this.channels, this.filters, false, this.panels);
    if (this.turnedPanels !== 0) run.winogradPanels(weights, this.channels, this.filters, true, this.turnedPanels);
  }

  forward(rows: number): void {
    const { map, channels, filters, panels, relu, block, scratch } = this;
    const bias = this.bias === null ? 0 : this.space.weights + this.bias;
    this.space.kernels.run.winograd(this.input, rows, ...map, channels, filters, panels, bias, relu, this.output, block, scratch);
  }

  backward(rows: number, d: number, dx: number): number {
    const { map, channels, filters, turnedPanels, block, scratch } = this;
    const { gradient, kernels } = this.space;
    const positions = rows * map[0] * map[1];
    if (this.relu) kernels.run.reluBackward(this.output, d, positions * filters);
    if (this.bias !== null) kernels.run.addColumns(d, positions, filters, gradient + this.bias);
    kernels.run.winogradWeights(this.input, d, rows, ...map, channels, filters, gradient + this.kernel, block, scratch);
    if (dx !== 0) kernels.run.winograd(d, rows, ...map, filters, channels, turnedPanels, 0, false, dx, block, scratch);
    return dx;
  }

  /** Points of the input, products of eight channels, and a patch, in values; either may be the input. */
  private get scratchForward(): number {
    const most = Math.max(this.channels, this.filters);
    return matrices(this.block * most) + points * 8 * this.block + points * most;
  }

  /** Points of the input and of the gradient, their products, and a patch. */
  private get scratchWeights(): number {
    const { channels, filters, block } = this;
    const wide = wholePanels(filters);
    return matrices(block * channels) + matrices(block * wide) + matrices(channels * wide) + points * Math.max(channels, filters);
  }
}

/** Values of a matrix for each point, with a line of the cache between them (`matrixBytes` of the kernels). */
function matrices(values: number): number {
  return points * (values + 16);
}

function tilesOf(height: number, width: number): number {
  return Math.ceil(height / tileSide) * Math.ceil(width / tileSide);
}
