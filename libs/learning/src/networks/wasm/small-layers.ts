// Layers without weights.
import { Random } from '../../random.js';
import type { Moment } from '../engine.js';
import type { LayerOf } from '../layers.js';
import { channelsOf, type PlannedLayer, sizeOf } from '../plan.js';
import { bytesOfFloat, keepFloats, type WasmLayer, type WasmSpace } from './wasm-layer.js';

/** Maximum over windows, over two axes or one. */
export class MaxPool implements WasmLayer {
  readonly output: number;
  private readonly shape: readonly [height: number, width: number, channels: number];
  private readonly window: readonly [high: number, wide: number];

  constructor(
    private readonly space: WasmSpace,
    planned: PlannedLayer,
    private readonly input: number,
  ) {
    const { layer, input: from, output } = planned;
    const { size } = layer as LayerOf<'maxPool1d' | 'maxPool2d'>;
    this.window = typeof size === 'number' ? [1, size] : size;
    this.shape = from.length === 3 ? [from[0]!, from[1]!, from[2]!] : [1, from[0]!, from[1]!];
    this.output = keepFloats(space, space.maxRows * sizeOf(output));
  }

  forward(rows: number): void {
    this.space.kernels.run.maxPool(this.input, rows, ...this.shape, ...this.window, this.output);
  }

  backward(rows: number, d: number, dx: number): number {
    if (dx === 0) return 0;
    this.space.kernels.run.maxPoolBackward(this.input, this.output, d, rows, ...this.shape, ...this.window, dx);
    return dx;
  }
}

/** What is taken of each channel over all positions. */
abstract class OverPositions implements WasmLayer {
  readonly output: number;
  protected readonly channels: number;
  protected readonly positions: number;

  constructor(
    protected readonly space: WasmSpace,
    planned: PlannedLayer,
    protected readonly input: number,
  ) {
    this.channels = channelsOf(planned.input);
    this.positions = sizeOf(planned.input) / this.channels;
    this.output = keepFloats(space, space.maxRows * sizeOf(planned.output));
  }

  abstract forward(rows: number): void;
  abstract backward(rows: number, d: number, dx: number): number;
}

/** Mean over all positions. */
export class Mean extends OverPositions {
  forward(rows: number): void {
    this.space.kernels.run.mean(this.input, rows, this.positions, this.channels, this.output);
  }

  backward(rows: number, d: number, dx: number): number {
    if (dx === 0) return 0;
    this.space.kernels.run.meanBackward(d, rows, this.positions, this.channels, dx);
    return dx;
  }
}

/** Mean and maximum over all positions. */
export class MeanAndMax extends OverPositions {
  forward(rows: number): void {
    this.space.kernels.run.meanAndMax(this.input, rows, this.positions, this.channels, this.output);
  }

  backward(rows: number, d: number, dx: number): number {
    if (dx === 0) return 0;
    this.space.kernels.run.meanAndMaxBackward(this.input, this.output, d, rows, this.positions, this.channels, dx);
    return dx;
  }
}

/** Drops values, or whole channels, of each row by its own key; nothing when it serves, so that its output is its input. */
export class Dropout implements WasmLayer {
  readonly output: number;
  private readonly count: number;
  private readonly period: number;
  private readonly keep: number;
  private readonly index: number;

  constructor(
    private readonly space: WasmSpace,
    { index, layer, output }: PlannedLayer,
    private readonly input: number,
  ) {
    const { rate, of } = layer as LayerOf<'dropout'>;
    this.index = index;
    this.keep = 1 - rate;
    this.count = sizeOf(output);
    this.period = of === 'channels' ? channelsOf(output) : this.count;
    this.output = space.isTraining ? keepFloats(space, space.maxRows * this.count) : input;
  }

  forward(rows: number, moment: Moment | null): void {
    if (moment === null) {
      if (this.output === this.input) return;
      const { arena } = this.space.kernels;
      arena.f32(this.output, rows * this.count).set(arena.f32(this.input, rows * this.count));
    } else this.drop(rows, this.input, this.output, moment);
  }

  backward(rows: number, d: number, _dx: number, moment: Moment): number {
    this.drop(rows, d, d, moment);
    return d;
  }

  private drop(rows: number, from: number, to: number, moment: Moment): void {
    for (let row = 0; row < rows; row++) {
      const at = bytesOfFloat * this.count * row;
      const key = dropoutKey(this.index, row, moment);
      this.space.kernels.run.dropRow(from + at, this.count, this.period, key, this.keep, to + at);
    }
  }
}

/** The key of a row's dropout: value i stays when mix(i ⊕ key) is small enough (assembly/networks/dropout.ts). */
export function dropoutKey(layer: number, row: number, { seed, step, firstRow }: Moment): number {
  return new Random(seed, 'dropout', layer, step).bits(firstRow + row);
}
