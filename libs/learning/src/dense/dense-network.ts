import { type Kernels, loadKernels } from '@earshot/kernels';
import { Random } from '../random.js';
import { normalizationEpsilon } from './layers.js';
import type { DenseLayout, HiddenLayout, LayerLayout } from './layout.js';
import { room } from './room.js';

export interface DenseNetworkOptions {
  layout: DenseLayout;
  /** Rows of the largest batch. */
  capacity: number;
  /** Share of values dropped after each hidden layer. */
  dropout: readonly number[];
  seed: number;
}

/** A hidden layer with its places in memory: what it gives before (`active`) and after (`out`) normalisation and dropout. */
interface Hidden extends HiddenLayout {
  active: number;
  out: number;
  batchMean: number;
  batchVariance: number;
  inverse: number;
  /** ∂ of `out`, in place of ∂ of what is before it. */
  delta: number;
  dropout: number;
  keys: Random;
}

const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
/** Of a batch in the running statistics, as in Keras: 1 − momentum. */
const newestShare = 0.01;
/** Rows lie this much further apart than their room, so that a column does not meet the same few lines of the cache again and again. */
const skew = 8;

/**
 * A dense network that learns: Dense, ReLU, batch normalisation and dropout for each hidden layer, and a Dense head. What a step does
 * depends on `state`, seed, step and rows alone.
 */
export class DenseNetwork {
  private readonly kernels: Kernels = loadKernels();
  private readonly layout: DenseLayout;
  private readonly hidden: readonly Hidden[];
  private readonly at: { x: number; parameters: number; statistics: number; moments: number; gradient: number };
  private readonly logitsAt: number;
  private readonly deltaAt: number;
  private readonly panels: number;
  private readonly zeros: number;
  /** The batch: row after row, `inputStride` apart. */
  readonly input: Float32Array;
  readonly inputStride: number;
  /** What the head gives, and its gradient: row after row, `logitStride` apart. */
  readonly logits: Float32Array;
  readonly logitGradient: Float32Array;
  readonly logitStride: number;
  /** Parameters, statistics of the normalisation, both moments of Adam: all that there is to save. */
  readonly state: Float32Array;
  /** The first part of it: parameters and statistics. */
  readonly weights: Float32Array;
  readonly gradient: Float32Array;

  constructor({ layout, capacity, dropout, seed }: DenseNetworkOptions) {
    const { arena } = this.kernels;
    const { head, parameterCount, statisticCount } = layout;
    const keep = (values: number) => arena.keep(4 * values);
    const all = [...layout.hidden, head];
    const stateCount = 3 * parameterCount + statisticCount;
    this.layout = layout;
    this.inputStride = apart(all[0]!.inputs);
    this.logitStride = apart(head.units);
    const parameters = keep(stateCount);
    const statistics = parameters + 4 * parameterCount;
    const moments = statistics + 4 * statisticCount;
    this.at = { x: keep(capacity * this.inputStride), parameters, statistics, moments, gradient: keep(parameterCount) };
    this.hidden = layout.hidden.map((layer, index) => ({
      ...layer,
      active: keep(capacity * apart(layer.units)),
      out: keep(capacity * apart(layer.units)),
      batchMean: keep(layer.stride),
      batchVariance: keep(layer.stride),
      inverse: keep(layer.stride),
      delta: keep(capacity * apart(layer.units)),
      dropout: dropout[index]!,
      keys: new Random(seed, 'dropout', index),
    }));
    this.logitsAt = keep(capacity * this.logitStride);
    this.deltaAt = keep(capacity * this.logitStride);
    const ofProducts = ({ inputs, units, stride }: LayerLayout) => Math.max(inputs * stride, units * room(inputs), capacity * stride);
    this.panels = keep(Math.max(...all.map(ofProducts)));
    this.zeros = keep(Math.max(...all.map(({ inputs, stride }) => Math.max(room(inputs), stride))));
    // The memory grows no more from here on, so that views stay valid.
    this.input = arena.f32(this.at.x, capacity * this.inputStride);
    this.logits = arena.f32(this.logitsAt, capacity * this.logitStride);
    this.logitGradient = arena.f32(this.deltaAt, capacity * this.logitStride);
    this.state = arena.f32(parameters, stateCount);
    this.weights = arena.f32(parameters, parameterCount + statisticCount);
    this.gradient = arena.f32(this.at.gradient, parameterCount);
  }

  /** The logits of the batch in `input`, with what backward needs, and the running statistics with this batch in them. */
  forward(rows: number, step: number): void {
    const { run } = this.kernels;
    let [from, stride] = [this.at.x, this.inputStride];
    for (const layer of this.hidden) {
      const { units, active, out, batchMean, batchVariance, inverse } = layer;
      this.product(from, stride, layer, active, rows, true);
      const [gamma, beta] = [this.parameter(layer.gamma), this.parameter(layer.beta)];
      stride = apart(units);
      run.normalizeBatch(active, rows, layer.stride, stride, gamma, beta, normalizationEpsilon, batchMean, batchVariance, inverse, out);
      this.drop(layer, out, rows, step);
      this.follow(layer);
      from = out;
    }
    this.product(from, stride, this.layout.head, this.logitsAt, rows, false);
  }

  /** The gradient of all parameters from `logitGradient`; `step` is that of the forward pass. */
  backward(rows: number, step: number): void {
    const { run } = this.kernels;
    const { head } = this.layout;
    run.columnSums(this.deltaAt, rows, head.stride, this.logitStride, this.slope(head.bias));
    this.ofWeights(head, this.hidden.at(-1), this.deltaAt, rows);
    for (let index = this.hidden.length - 1; index >= 0; index--) {
      const layer = this.hidden[index]!;
      const { active, delta, stride, units, batchMean, inverse } = layer;
      const after = this.hidden[index + 1];
      this.ofInput(after ?? head, after?.delta ?? this.deltaAt, delta, rows);
      this.drop(layer, delta, rows, step);
      const slopes = [this.slope(layer.gamma), this.slope(layer.beta), this.slope(layer.bias)] as const;
      const gamma = this.parameter(layer.gamma);
      run.normalizeReluBackward(active, delta, rows, stride, apart(units), gamma, batchMean, inverse, ...slopes);
      this.ofWeights(layer, this.hidden[index - 1], delta, rows);
    }
  }

  /** One step of Adam by the gradient; `decay` is the share of each matrix that is taken away beside it. */
  update(step: number, rate: number, decay: number): void {
    const { parameterCount: all, matrixCount } = this.layout;
    const { beta1, beta2, epsilon } = adam;
    const scaledRate = rate / (1 - beta1 ** (step + 1));
    const secondScale = 1 / (1 - beta2 ** (step + 1));
    const part = (from: number, count: number, shrink: number) => {
      const { parameters, gradient, moments } = this.at;
      const [w, g, m, v] = [parameters, gradient, moments, moments + 4 * all].map((place) => place + 4 * from) as [
        number,
        number,
        number,
        number,
      ];
      this.kernels.run.adam(w, g, m, v, count, scaledRate, secondScale, beta1, beta2, epsilon, shrink);
    };
    part(0, matrixCount, decay);
    part(matrixCount, all - matrixCount, 0);
  }

  /** out = from · W + b. */
  private product(from: number, fromStride: number, layer: LayerLayout, out: number, rows: number, relu: boolean): void {
    const { run } = this.kernels;
    const { inputs, units, stride } = layer;
    run.packPanels(this.parameter(layer.weight), stride, 1, inputs, units, this.panels);
    run.panelProduct(from, fromStride, 1, this.panels, this.parameter(layer.bias), out, apart(units), rows, units, inputs, relu);
  }

  /** ∂W = inputᵀ · ∂out. */
  private ofWeights(layer: LayerLayout, before: Hidden | undefined, delta: number, rows: number): void {
    const { run } = this.kernels;
    const { inputs, units, stride } = layer;
    const [from, fromStride] = before ? [before.out, apart(before.units)] : [this.at.x, this.inputStride];
    run.packPanels(delta, apart(units), 1, rows, units, this.panels);
    run.panelProduct(from, 1, fromStride, this.panels, this.zeros, this.slope(layer.weight), stride, inputs, units, rows, false);
  }

  /** ∂input = ∂out · Wᵀ. */
  private ofInput({ weight, inputs, units, stride }: LayerLayout, delta: number, out: number, rows: number): void {
    const { run } = this.kernels;
    run.packPanels(this.parameter(weight), 1, stride, units, inputs, this.panels);
    run.panelProduct(delta, apart(units), 1, this.panels, this.zeros, out, apart(inputs), rows, inputs, units, false);
  }

  private drop({ dropout, keys, units }: Hidden, values: number, rows: number, step: number): void {
    if (dropout === 0) return;
    this.kernels.run.dropout(values, rows * apart(units), keys.bits(step), Math.round(dropout * 2 ** 32), 1 / (1 - dropout));
  }

  /** Running mean and variance. */
  private follow({ stride, mean, variance, batchMean, batchVariance }: Hidden): void {
    for (const [running, batch] of [
      [mean, batchMean],
      [variance, batchVariance],
    ] as const) {
      const values = this.kernels.arena.f32(this.at.statistics + 4 * running, stride);
      const newest = this.kernels.arena.f32(batch, stride);
      for (let i = 0; i < stride; i++) values[i]! += newestShare * (newest[i]! - values[i]!);
    }
  }

  private parameter(offset: number): number {
    return this.at.parameters + 4 * offset;
  }

  private slope(offset: number): number {
    return this.at.gradient + 4 * offset;
  }
}

function apart(columns: number): number {
  return room(columns) + skew;
}
