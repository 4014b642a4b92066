import { channelsOf, type PlannedLayer, sizeOf } from '../plan.js';
import { wholePanels } from './geometry.js';
import { bytesOfFloat, keepFloats, keepIntegers, type WasmLayer, type WasmSpace } from './wasm-layer.js';
import type { WinogradAxis } from './winograd-axes.js';

/** Tiles that are computed together, a multiple of six: 12 and 48 take as long, 96 longer. Fewer where their points would be more values. */
const [blockTiles, blockValues] = [24, 1 << 17];
/** Positions of the largest patch that a tile reads: 9 × 9, of two axes of stride 2. */
const patchPositions = 81;

/** Convolution by Winograd's filtering, which needs fewer multiplications (assembly/networks/winograd.ts). */
export class WinogradConvolution implements WasmLayer {
  readonly output: number;
  private readonly channels: number;
  private readonly filters: number;
  private readonly points: number;
  private readonly positions: number;
  private readonly relu: boolean;
  /** In bytes, from the first weight; the bias where there is one. */
  private readonly kernel: number;
  private readonly bias: number | null;
  private readonly plan: number;
  private readonly panels: number;
  private readonly back: { plan: number; panels: number } | null;
  private readonly block: number;

  constructor(
    private readonly space: WasmSpace,
    planned: PlannedLayer,
    private readonly input: number,
    axes: readonly [WinogradAxis, WinogradAxis],
  ) {
    const { kernel, bias } = planned.weights;
    const [down, across] = axes;
    this.channels = channelsOf(planned.input);
    this.filters = channelsOf(planned.output);
    this.points = down.pointCount * across.pointCount;
    this.positions = down.output * across.output;
    this.relu = 'activation' in planned.layer && planned.layer.activation === 'relu';
    this.kernel = bytesOfFloat * kernel!.offset;
    this.bias = bias ? bytesOfFloat * bias.offset : null;
    this.output = keepFloats(space, space.maxRows * sizeOf(planned.output));
    this.plan = keepIntegers(space, [...axes.flatMap(forwardAxis), this.channels, this.filters]);
    this.panels = keepFloats(space, this.matrices(this.channels * wholePanels(this.filters)));
    const hasBack = space.isTraining && planned.index > 0;
    this.back = hasBack
      ? {
          plan: keepIntegers(space, [...axes.flatMap(backAxis), this.filters, this.channels]),
          panels: keepFloats(space, this.matrices(this.filters * wholePanels(this.channels))),
        }
      : null;
    this.block = Math.min(this.blockOfChannels, 6 * Math.ceil((space.maxRows * down.tileCount * across.tileCount) / 6));
    space.scratch.want(space.isTraining ? Math.max(this.scratchForward, this.scratchWeights) : this.scratchForward);
  }

  load(): void {
    const { run } = this.space.kernels;
    const weights = this.space.weights + this.kernel;
    run.winogradPanels(weights, this.plan, false, this.panels);
    if (this.back) run.winogradPanels(weights, this.back.plan, true, this.back.panels);
  }

  forward(rows: number): void {
    const bias = this.bias === null ? 0 : this.space.weights + this.bias;
    const { kernels, scratch } = this.space;
    kernels.run.winograd(this.input, rows, this.plan, this.panels, bias, this.relu, this.output, this.block, scratch.pointer);
  }

  backward(rows: number, d: number, dx: number): number {
    const { filters, back, block } = this;
    const { gradient, kernels, scratch } = this.space;
    const positions = rows * this.positions;
    if (this.relu) kernels.run.reluBackward(this.output, d, positions * filters);
    if (this.bias !== null) kernels.run.addColumns(d, positions, filters, gradient + this.bias);
    kernels.run.winogradWeights(this.input, d, rows, this.plan, gradient + this.kernel, block, scratch.pointer);
    if (!back || dx === 0) return 0;
    kernels.run.winograd(d, rows, back.plan, back.panels, 0, false, dx, block, scratch.pointer);
    return dx;
  }

  private get blockOfChannels(): number {
    const most = Math.max(this.channels, this.filters);
    return Math.min(blockTiles, 6 * Math.max(1, Math.floor(blockValues / (6 * this.points * most))));
  }

  /** Of the input, products of eight channels, and a patch, in values: forward the channels are the input's, back the filters. */
  private get scratchForward(): number {
    const most = Math.max(this.channels, this.filters);
    return this.matrices(this.block * most) + this.points * 8 * this.block + patchPositions * most;
  }

  /** Of the input and of the gradient, their products, and a patch. */
  private get scratchWeights(): number {
    const { channels, filters, block } = this;
    const wide = wholePanels(filters);
    const patch = patchPositions * Math.max(channels, filters);
    return this.matrices(block * channels) + this.matrices(block * wide) + this.matrices(channels * wide) + patch;
  }

  /** Values of a matrix for each point, with a line of the cache between them (`matrixBytes` of the kernels). */
  private matrices(values: number): number {
    return this.points * (values + 16);
  }
}

/** As the kernels read it (`Plan` in assembly/networks/winograd-tiles.ts). */
function forwardAxis({ form, tileCount, length, before, output }: WinogradAxis): number[] {
  return [form, tileCount, length, before, output, 0];
}

/** A tile reads one position before its first, for the last tap. */
function backAxis({ backForm, tileCount, kernel, stride, length, before, output }: WinogradAxis): number[] {
  return [backForm, tileCount, output, kernel === 1 ? 0 : 1, length, stride === 1 ? 0 : before];
}
