import { EarshotError } from '@earshot/contracts';
import { z } from 'zod';
import { doublesOf, floatsOf, type ModelFile, readModel, writeModel } from '../artifact/model-file.js';
import { onlyThese, type Tensor } from '../artifact/safetensors.js';
import { StandardScaler } from '../data/standard-scaler.js';

/** A fully connected layer: y = x·W + b, W being inputs × units. */
export interface Affine {
  inputs: number;
  units: number;
  weight: Float32Array;
  bias: Float32Array;
}

/** A hidden layer: max(0, x·W + b), then γ·(· − mean)/√(variance + ε) + β. */
export interface HiddenLayer extends Affine {
  gamma: Float32Array;
  beta: Float32Array;
  mean: Float32Array;
  variance: Float32Array;
}

/** A dense network as it is kept: what goes in is standardised first; one unit of the head is a sigmoid, several are a softmax. */
export interface DenseModel {
  recipe: string;
  labels: readonly string[];
  scaler: StandardScaler;
  hidden: readonly HiddenLayer[];
  head: Affine;
  temperature: number;
}

export const normalizationEpsilon = 1e-3;

/**
 * The layers as scoring needs them: the normalisation of one is part of the weights of the next,
 * W′ = diag(s)·W and b′ = b + t·W with s = γ/√(variance + ε), t = β − mean·s.
 */
export function foldNormalization({ hidden, head }: Pick<DenseModel, 'hidden' | 'head'>): Affine[] {
  return [...hidden, head].map(({ inputs, units, weight, bias }, index) => {
    const before = hidden[index - 1];
    if (before === undefined) return { inputs, units, weight, bias };
    const folded = new Float32Array(weight.length);
    const sums = Float64Array.from(bias);
    for (let i = 0; i < inputs; i++) {
      const scale = before.gamma[i]! / Math.sqrt(before.variance[i]! + normalizationEpsilon);
      const shift = before.beta[i]! - before.mean[i]! * scale;
      for (let j = 0, at = i * units; j < units; j++, at++) {
        folded[at] = weight[at]! * scale;
        sums[j]! += weight[at]! * shift;
      }
    }
    return { inputs, units, weight: folded, bias: Float32Array.from(sums) };
  });
}

const family = 'dense';
const detailsSchema = z.strictObject({ hidden: z.array(z.int().min(1).max(65_536)).max(64) });
const columnsOf = ['bias', 'gamma', 'beta', 'mean', 'variance'] as const;

export function writeDenseModel({ recipe, labels, scaler, hidden, head, temperature }: DenseModel): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, Tensor>();
  const columns = scaler.mean.length;
  tensors.set('scaler.mean', { shape: [columns], values: scaler.mean });
  tensors.set('scaler.scale', { shape: [columns], values: scaler.scale });
  hidden.forEach((layer, index) => {
    tensors.set(`hidden.${index}.weight`, { shape: [layer.inputs, layer.units], values: layer.weight });
    for (const name of columnsOf) tensors.set(`hidden.${index}.${name}`, { shape: [layer.units], values: layer[name] });
  });
  tensors.set('head.weight', { shape: [head.inputs, head.units], values: head.weight });
  tensors.set('head.bias', { shape: [head.units], values: head.bias });
  const details = { hidden: hidden.map(({ units }) => units) };
  return writeModel({ header: { family, recipe, labels, shape: [columns], temperature }, tensors, details });
}

export function readDenseModel(file: Uint8Array): DenseModel {
  return denseModelOf(readModel(file));
}

export function denseModelOf({ header, tensors, details }: ModelFile): DenseModel {
  const sizes = detailsSchema.safeParse(details);
  if (header.family !== family || !sizes.success || header.shape?.length !== 1 || header.labels.length < 2) {
    throw new EarshotError('MODEL_INVALID', 'Not a dense network');
  }
  const { recipe, labels, shape, temperature } = header;
  const columns = shape[0]!;
  const names = sizes.data.hidden.flatMap((_, index) => ['weight', ...columnsOf].map((name) => `hidden.${index}.${name}`));
  onlyThese(tensors, ['scaler.mean', 'scaler.scale', ...names, 'head.weight', 'head.bias']);
  let inputs = columns;
  const hidden = sizes.data.hidden.map((units, index) => {
    const column = (name: string) => floatsOf(tensors, `hidden.${index}.${name}`, [units]);
    const weight = floatsOf(tensors, `hidden.${index}.weight`, [inputs, units]);
    const [bias, gamma, beta, mean, variance] = columnsOf.map(column) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    if (variance.some((value) => value < 0)) throw new EarshotError('MODEL_INVALID', `hidden.${index}.variance is negative`);
    const layer = { inputs, units, weight, bias, gamma, beta, mean, variance };
    inputs = units;
    return layer;
  });
  const units = outputsOf(labels.length);
  const head = { inputs, units, weight: floatsOf(tensors, 'head.weight', [inputs, units]), bias: floatsOf(tensors, 'head.bias', [units]) };
  const scaler = new StandardScaler(doublesOf(tensors, 'scaler.mean', [columns]), doublesOf(tensors, 'scaler.scale', [columns]));
  if (scaler.scale.some((value) => value <= 0)) throw new EarshotError('MODEL_INVALID', 'scaler.scale has a value that is not above 0');
  return { recipe, labels, scaler, hidden, head, temperature };
}

/** A sigmoid for two labels, a softmax for more. */
export function outputsOf(labelCount: number): number {
  return labelCount === 2 ? 1 : labelCount;
}
