import type { LayerOf } from '../layers.js';
import { channelsOf, type PlannedLayer, sizeOf } from '../plan.js';
import { bytesOfFloat, keepFloats, type WasmLayer, type WasmSpace } from './wasm-layer.js';

/** Batch normalisation over all positions of a micro-batch, or by the running statistics when it serves; with the ReLU after it. */
export class Norm implements WasmLayer {
  readonly output: number;
  private readonly columns: number;
  private readonly positions: number;
  private readonly relu: boolean;
  private readonly epsilon: number;
  private readonly gamma: number;
  private readonly beta: number;
  private readonly statistics: number;
  private readonly scale: number;
  private readonly shift: number;
  private readonly inverse: number;
  private readonly sums: number;

  constructor(
    private readonly space: WasmSpace,
    { layer, output, weights, statistics }: PlannedLayer,
    private readonly input: number,
  ) {
    const { activation, epsilon } = layer as LayerOf<'batchNorm'>;
    this.relu = activation === 'relu';
    this.epsilon = epsilon;
    this.columns = channelsOf(output);
    this.positions = sizeOf(output) / this.columns;
    this.gamma = bytesOfFloat * weights['gamma']!.offset;
    this.beta = bytesOfFloat * weights['beta']!.offset;
    this.statistics = bytesOfFloat * statistics!.offset;
    this.output = keepFloats(space, space.maxRows * sizeOf(output));
    this.scale = keepFloats(space, this.columns);
    this.shift = keepFloats(space, this.columns);
    this.inverse = keepFloats(space, this.columns);
    this.sums = keepFloats(space, 2 * this.columns);
  }

  forward(rows: number, moment: unknown): void {
    const { run } = this.space.kernels;
    const count = rows * this.positions;
    const mean = (moment === null ? this.space.statistics : this.space.batchStatistics) + this.statistics;
    if (moment !== null) run.moments(this.input, count, this.columns, mean, mean + bytesOfFloat * this.columns);
    this.prepare(mean);
    run.affine(this.input, count, this.columns, this.scale, this.shift, this.relu, this.output);
  }

  backward(rows: number, d: number, dx: number): number {
    const { gradient, batchStatistics, weights, kernels } = this.space;
    kernels.run.normBackward(
      this.input,
      this.output,
      d,
      rows * this.positions,
      this.columns,
      batchStatistics + this.statistics,
      this.inverse,
      weights + this.gamma,
      this.relu,
      gradient + this.gamma,
      gradient + this.beta,
      this.sums,
      dx === 0 ? d : dx,
    );
    return dx === 0 ? d : dx;
  }

  /** inverse = 1/√(variance + ε), scale = γ·inverse, shift = β − mean·scale */
  private prepare(mean: number): void {
    const { arena } = this.space.kernels;
    const floats = (pointer: number) => arena.f32(pointer, this.columns);
    const [means, variances] = [floats(mean), floats(mean + bytesOfFloat * this.columns)];
    const [gamma, beta] = [floats(this.space.weights + this.gamma), floats(this.space.weights + this.beta)];
    const [inverse, scale, shift] = [floats(this.inverse), floats(this.scale), floats(this.shift)];
    for (let c = 0; c < this.columns; c++) {
      inverse[c] = 1 / Math.sqrt(variances[c]! + this.epsilon);
      scale[c] = gamma[c]! * inverse[c]!;
      shift[c] = beta[c]! - means[c]! * scale[c]!;
    }
  }
}
