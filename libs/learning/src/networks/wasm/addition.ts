import type { LayerOf } from '../layers.js';
import { type PlannedLayer, sizeOf } from '../plan.js';
import { keepFloats, type WasmLayer, type WasmSpace } from './wasm-layer.js';

/** Adds the output of an earlier layer. The gradient goes on to the layer before, and a copy of it waits for that earlier one. */
export class Addition implements WasmLayer {
  readonly output: number;
  /** Index of the earlier layer. */
  readonly from: number;
  private readonly count: number;
  private readonly relu: boolean;
  private readonly waiting: number;

  constructor(
    private readonly space: WasmSpace,
    { layer, output }: PlannedLayer,
    private readonly input: number,
    private readonly other: number,
  ) {
    const { from, activation } = layer as LayerOf<'add'>;
    this.from = from;
    this.relu = activation === 'relu';
    this.count = sizeOf(output);
    this.output = keepFloats(space, space.maxRows * this.count);
    this.waiting = space.isTraining ? keepFloats(space, space.maxRows * this.count) : 0;
  }

  forward(rows: number): void {
    this.space.kernels.run.sum(this.input, this.other, rows * this.count, this.relu, this.output);
  }

  backward(rows: number, d: number): number {
    const { run, arena } = this.space.kernels;
    const count = rows * this.count;
    if (this.relu) run.reluBackward(this.output, d, count);
    arena.f32(this.waiting, count).set(arena.f32(d, count));
    return d;
  }

  /** Adds what waits to `d`, the gradient of the earlier layer's output. */
  join(rows: number, d: number): void {
    this.space.kernels.run.sum(d, this.waiting, rows * this.count, false, d);
  }
}
