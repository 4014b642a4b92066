import type { LayerOf } from '../layers.js';
import { channelsOf, type PlannedLayer, sizeOf } from '../plan.js';
import { bytesOfFloat, keepFloats, type WasmLayer, type WasmSpace } from './wasm-layer.js';

/** Whether a layer that pools can be computed with the normalisation before it (assembly/networks/norm-pool.ts). */
export function poolsNormed({ layer }: PlannedLayer): boolean {
  return layer.kind === 'maxPool2d' && layer.size.join() === '2,2';
}

/**
 * Batch normalisation over all positions of a micro-batch, or by the running statistics when it serves; with the ReLU after it, and with
 * the pooling where that is given (of no first layer): then its output is what that layer's would be.
 */
export class Norm implements WasmLayer {
  readonly output: number;
  private readonly columns: number;
  private readonly positions: number;
  /** Of what is pooled: height, width and channels. */
  private readonly pooled: readonly [height: number, width: number, channels: number] | null;
  private readonly relu: boolean;
  private readonly epsilon: number;
  private readonly gamma: number;
  private readonly beta: number;
  private readonly statistics: number;
  private readonly scale: number;
  private readonly inverse: number;
  private readonly sums: number;

  constructor(
    private readonly space: WasmSpace,
    { layer, output, weights, statistics }: PlannedLayer,
    private readonly input: number,
    pool: PlannedLayer | null,
  ) {
    const { activation, epsilon } = layer as LayerOf<'batchNorm'>;
    this.relu = activation === 'relu';
    this.epsilon = epsilon;
    this.columns = channelsOf(output);
    this.positions = sizeOf(output) / this.columns;
    this.pooled = pool && [output[0]!, output[1]!, this.columns];
    this.gamma = bytesOfFloat * weights['gamma']!.offset;
    this.beta = bytesOfFloat * weights['beta']!.offset;
    this.statistics = bytesOfFloat * statistics!.offset;
    this.output = keepFloats(space, space.maxRows * sizeOf(pool?.output ?? output));
    this.scale = keepFloats(space, this.columns);
    this.inverse = keepFloats(space, this.columns);
    this.sums = keepFloats(space, 2 * this.columns);
  }

  forward(rows: number, moment: unknown): void {
    const { input, output, columns, scale, relu, pooled } = this;
    const { run } = this.space.kernels;
    const count = rows * this.positions;
    const mean = (moment === null ? this.space.statistics : this.space.batchStatistics) + this.statistics;
    const beta = this.space.weights + this.beta;
    if (moment !== null) run.moments(input, count, columns, mean, mean + bytesOfFloat * columns, this.sums);
    this.prepare(mean + bytesOfFloat * columns);
    if (pooled) run.normPool(input, rows, ...pooled, mean, scale, beta, relu, output);
    else run.normalise(input, count, columns, mean, scale, beta, relu, output);
  }

  backward(rows: number, d: number, dx: number): number {
    const { input, output, columns, scale, inverse, relu, pooled, sums } = this;
    const { gradient, batchStatistics, weights, kernels } = this.space;
    const mean = batchStatistics + this.statistics;
    const [gamma, dGamma, dBeta] = [weights + this.gamma, gradient + this.gamma, gradient + this.beta];
    if (pooled) {
      const y = [mean, scale, weights + this.beta, relu] as const;
      kernels.run.normPoolBackward(input, output, d, rows, ...pooled, ...y, inverse, gamma, dGamma, dBeta, sums, dx);
      return dx;
    }
    const to = dx === 0 ? d : dx;
    kernels.run.normBackward(input, output, d, rows * this.positions, columns, mean, inverse, gamma, relu, dGamma, dBeta, sums, to);
    return to;
  }

  /** inverse = 1/√(variance + ε), scale = γ·inverse */
  private prepare(variance: number): void {
    const { arena } = this.space.kernels;
    const floats = (pointer: number) => arena.f32(pointer, this.columns);
    const [variances, gamma] = [floats(variance), floats(this.space.weights + this.gamma)];
    const [inverse, scale] = [floats(this.inverse), floats(this.scale)];
    for (let c = 0; c < this.columns; c++) {
      inverse[c] = 1 / Math.sqrt(variances[c]! + this.epsilon);
      scale[c] = gamma[c]! * inverse[c]!;
    }
  }
}
