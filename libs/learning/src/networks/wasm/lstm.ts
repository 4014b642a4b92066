import type { LayerOf } from '../layers.js';
import { channelsOf, type PlannedLayer } from '../plan.js';
import { Product } from './product.js';
import { bytesOfFloat, keepFloats, type WasmLayer, type WasmSpace } from './wasm-layer.js';

/** A long short-term memory: what comes from its input as one product over all frames, the rest in one kernel over the sequence. */
export class Lstm implements WasmLayer {
  readonly output: number;
  private readonly frames: number;
  private readonly units: number;
  private readonly sequences: boolean;
  private readonly bias: number;
  private readonly fromInput: Product;
  /** One frame's product with the frame before, and all of them for the gradient of the weights. */
  private readonly fromPast: Product;
  private readonly allPasts: Product | null;
  private readonly gates: number;
  private readonly hidden: number;
  private readonly cells: number;
  private readonly past: number;
  private readonly spread: number;

  constructor(
    private readonly space: WasmSpace,
    { layer, input: shape, weights }: PlannedLayer,
    private readonly input: number,
  ) {
    const { units, sequences } = layer as LayerOf<'lstm'>;
    const [frames, channels] = [shape[0]!, channelsOf(shape)];
    const floats = (ofFrame: number) => keepFloats(space, space.maxRows * frames * ofFrame);
    this.frames = frames;
    this.units = units;
    this.sequences = sequences;
    this.bias = weights['bias']!.offset;
    const image = { sourceImage: frames * channels, targetImage: frames * 4 * units };
    const pastImage = { sourceImage: frames * units, targetImage: frames * 4 * units };
    const recurrent = weights['recurrent']!.offset;
    this.fromInput = new Product(space, weights['kernel']!.offset, channels, 4 * units, { frames, ...image });
    this.fromPast = new Product(space, recurrent, units, 4 * units, { frames: 1, ...pastImage });
    const hasPasts = space.isTraining && frames > 1;
    this.allPasts = hasPasts ? new Product(space, recurrent, units, 4 * units, { frames: frames - 1, ...pastImage }) : null;
    this.gates = floats(4 * units);
    this.hidden = floats(units);
    this.cells = floats(units);
    this.past = keepFloats(space, space.maxRows * units);
    this.spread = sequences ? 0 : floats(units);
    this.output = sequences ? this.hidden : keepFloats(space, space.maxRows * units);
  }

  load(): void {
    this.fromInput.load();
    this.fromPast.load();
  }

  forward(rows: number): void {
    const { run, arena } = this.space.kernels;
    this.fromInput.forward(rows, this.input, this.space.weights + bytesOfFloat * this.bias, this.gates);
    const { panels, forward } = this.fromPast.forKernel(rows);
    run.lstm(this.gates, panels, forward, this.hidden, this.cells, rows, this.frames, this.units);
    if (this.sequences) return;
    const [hidden, output] = [arena.f32(this.hidden, rows * this.frames * this.units), arena.f32(this.output, rows * this.units)];
    for (let row = 0; row < rows; row++) {
      const last = (row * this.frames + this.frames - 1) * this.units;
      output.set(hidden.subarray(last, last + this.units), row * this.units);
    }
  }

  backward(rows: number, d: number, dx: number): number {
    const { kernels, gradient } = this.space;
    const { run } = kernels;
    const dHidden = this.sequences ? d : this.spreadLast(rows, d);
    const { turnedPanels, back } = this.fromPast.forKernel(rows);
    run.lstmBackward(this.gates, turnedPanels, back, this.cells, dHidden, this.past, rows, this.frames, this.units);
    run.addColumns(this.gates, rows * this.frames, 4 * this.units, gradient + bytesOfFloat * this.bias);
    this.fromInput.learn(rows, this.input, this.gates);
    this.allPasts?.learn(rows, this.hidden, this.gates + bytesOfFloat * 4 * this.units);
    if (dx !== 0) this.fromInput.back(rows, this.gates, dx, false);
    return dx;
  }

  /** The gradient of the last frame among zeros for the others. */
  private spreadLast(rows: number, d: number): number {
    const { run, arena } = this.space.kernels;
    const unitBytes = bytesOfFloat * this.units;
    arena.f32(this.spread, rows * this.frames * this.units).fill(0);
    run.place(d, rows, 1, unitBytes, this.spread + unitBytes * (this.frames - 1), 0, unitBytes * this.frames);
    return this.spread;
  }
}
