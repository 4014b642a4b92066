import { loadNetworkKernels } from '@earshot/kernels';
import type { LearnedBatch, Moment, NetworkEngine } from '../engine.js';
import { type NetworkPlan, type PlannedLayer, sizeOf } from '../plan.js';
import { Addition } from './addition.js';
import { Attention } from './attention.js';
import { Convolution } from './convolution.js';
import { Lstm } from './lstm.js';
import { Norm, poolsNormed } from './norm.js';
import { Dropout, MaxPool, Mean, MeanAndMax } from './small-layers.js';
import { bytesOfFloat, keepFloats, Scratch, type WasmLayer, type WasmSpace } from './wasm-layer.js';
import { winogradAxesOf } from './winograd-axes.js';
import { WinogradConvolution } from './winograd-convolution.js';

/** A network on the own kernels. All memory is taken when it is made, for `maxRows` rows at once. */
export class WasmEngine implements NetworkEngine {
  private readonly space: WasmSpace;
  private readonly layers: WasmLayer[] = [];
  private readonly additions: Addition[] = [];
  private readonly input: number;
  private readonly logits: number;
  /** Gradients go back and forth between these two. */
  private readonly backs: readonly [number, number];

  constructor(
    private readonly plan: NetworkPlan,
    private readonly maxRows: number,
    use: 'training' | 'serving',
  ) {
    this.space = spaceOf(plan, maxRows, use);
    this.input = keepFloats(this.space, maxRows * sizeOf(plan.input));
    let output = this.input;
    for (const planned of plan.layers) {
      const layer = layerOf(this.space, plan, planned, output, this.layers);
      this.layers.push(layer);
      if (layer instanceof Addition) this.additions.push(layer);
      output = layer.output;
    }
    this.space.scratch.take(this.space);
    this.logits = output;
    const largest = maxRows * Math.max(...plan.layers.flatMap(({ input, output }) => [sizeOf(input), sizeOf(output)]));
    this.backs = this.space.isTraining ? [keepFloats(this.space, largest), keepFloats(this.space, largest)] : [0, 0];
  }

  /** Of its kernels' memory. */
  get sizeBytes(): number {
    return this.space.kernels.arena.sizeBytes;
  }

  load(weights: Float32Array, statistics: Float32Array): void {
    this.floats(this.space.weights, weights.length).set(weights);
    this.floats(this.space.statistics, statistics.length).set(statistics);
    for (const layer of this.layers) layer.load?.();
  }

  learn(rows: Float32Array, targets: Float32Array, moment: Moment, gradient: Float32Array, batchStatistics: Float32Array): LearnedBatch {
    const count = this.forward(rows, moment);
    const learned = this.lossAndGradient(targets, this.backs[0]);
    const sums = this.floats(this.space.gradient, gradient.length).fill(0);
    let d = this.backs[0];
    for (let i = this.layers.length - 1; i >= 0; i--) {
      for (const addition of this.additions) if (addition.from === i) addition.join(count, d);
      const other = d === this.backs[0] ? this.backs[1] : this.backs[0];
      d = this.layers[i]!.backward(count, d, i === 0 ? 0 : other, moment);
    }
    gradient.set(sums);
    batchStatistics.set(this.floats(this.space.batchStatistics, batchStatistics.length));
    return learned;
  }

  predict(rows: Float32Array, probabilities: Float32Array): void {
    const size = sizeOf(this.plan.input);
    const { labels } = this.plan;
    for (let first = 0; first < rows.length / size; first += this.maxRows) {
      const count = this.forward(rows.subarray(first * size, (first + this.maxRows) * size), null);
      this.space.kernels.run.softmax(this.logits, count, labels);
      probabilities.set(this.floats(this.logits, count * labels), first * labels);
    }
  }

  /** Of a layer, a copy of what it gave for the first row of what was predicted last. */
  output(index: number): Float32Array {
    return this.floats(this.layers[index]!.output, sizeOf(this.plan.layers[index]!.output)).slice();
  }

  close(): void {} // its memory goes with it

  private forward(rows: Float32Array, moment: Moment | null): number {
    const count = rows.length / sizeOf(this.plan.input);
    this.floats(this.input, rows.length).set(rows);
    for (const layer of this.layers) layer.forward(count, moment);
    return count;
  }

  /** Cross-entropy −Σ t·ln p; its gradient is Σt·p − t, summed over a row's targets. */
  private lossAndGradient(targets: Float32Array, d: number): LearnedBatch {
    const { labels } = this.plan;
    const rows = targets.length / labels;
    this.space.kernels.run.softmax(this.logits, rows, labels);
    const p = this.floats(this.logits, targets.length);
    const gradient = this.floats(d, targets.length);
    let [loss, hits] = [0, 0];
    for (let first = 0; first < targets.length; first += labels) {
      let [weight, best, wanted] = [0, first, first];
      for (let i = first; i < first + labels; i++) {
        weight += targets[i]!;
        if (p[i]! > p[best]!) best = i;
        if (targets[i]! > targets[wanted]!) wanted = i;
        if (targets[i]! > 0) loss -= targets[i]! * Math.log(Math.max(p[i]!, 1e-30));
      }
      for (let i = first; i < first + labels; i++) gradient[i] = weight * p[i]! - targets[i]!;
      if (best === wanted) hits++;
    }
    return { loss, hits };
  }

  private floats(pointer: number, length: number): Float32Array<ArrayBuffer> {
    return this.space.kernels.arena.f32(pointer, length);
  }
}

function spaceOf(plan: NetworkPlan, maxRows: number, use: 'training' | 'serving'): WasmSpace {
  const kernels = loadNetworkKernels(use);
  const keep = (count: number) => kernels.arena.keep(bytesOfFloat * (count + 8));
  return {
    kernels,
    maxRows,
    isTraining: use === 'training',
    weights: keep(plan.weightCount),
    gradient: keep(plan.weightCount),
    statistics: keep(plan.statisticCount),
    batchStatistics: keep(plan.statisticCount),
    scratch: new Scratch(),
  };
}

function layerOf(space: WasmSpace, plan: NetworkPlan, planned: PlannedLayer, input: number, before: readonly WasmLayer[]): WasmLayer {
  const through: WasmLayer = { output: input, forward: () => undefined, backward: (_rows, d) => d };
  switch (planned.layer.kind) {
    case 'conv2d':
    case 'conv1d':
    case 'dense':
      return convolutionOf(space, planned, input);
    case 'batchNorm':
      return new Norm(space, planned, input, poolAfter(plan, planned.index));
    case 'maxPool2d':
    case 'maxPool1d':
      return poolAfter(plan, planned.index - 1) ? through : new MaxPool(space, planned, input);
    case 'add':
      return new Addition(space, planned, input, before[planned.layer.from]!.output);
    case 'mean':
      return new Mean(space, planned, input);
    case 'meanAndMax':
      return new MeanAndMax(space, planned, input);
    case 'dropout':
      return new Dropout(space, planned, input);
    case 'lstm':
      return new Lstm(space, planned, input);
    case 'selfAttention':
      return new Attention(space, planned, input);
    case 'reshape':
      return through;
  }
}

function convolutionOf(space: WasmSpace, planned: PlannedLayer, input: number): WasmLayer {
  const axes = winogradAxesOf(planned, space.isTraining);
  return axes ? new WinogradConvolution(space, planned, input, axes) : new Convolution(space, planned, input);
}

/** The pooling that the normalisation of this index does too: where nothing wants the output between the two, neither sum nor explanation. */
function poolAfter({ layers }: NetworkPlan, index: number): PlannedLayer | null {
  const [norm, pool] = [layers[index], layers[index + 1]];
  if (index < 1 || norm?.layer.kind !== 'batchNorm' || norm.layer.name !== undefined || !pool || !poolsNormed(pool)) return null;
  return layers.some(({ layer }) => layer.kind === 'add' && layer.from === index) ? null : pool;
}
