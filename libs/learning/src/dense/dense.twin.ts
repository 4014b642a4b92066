import { normalizationEpsilon } from './layers.js';
import type { DenseLayout, LayerLayout } from './layout.js';

// The oracle of DenseNetwork: the same formulas in double precision over plain loops, on weights in the same layout.

export interface TwinBatch {
  /** Rows × inputs. */
  x: Float64Array;
  rows: number;
  /** Rows × classes. */
  targets: Float64Array;
  /** Per hidden layer what each value is multiplied by, rows × units. */
  masks: readonly Float64Array[];
}

export interface TwinPass {
  loss: number;
  gradient: Float64Array;
  logits: Float64Array;
}

/** Mean loss of a batch, and its gradient. */
export function twinPass(layout: DenseLayout, weights: Float64Array, { x, rows, targets, masks }: TwinBatch): TwinPass {
  const gradient = new Float64Array(layout.parameterCount);
  let input = x;
  const passes = layout.hidden.map((layer, index) => {
    const active = affine(layer, weights, input, rows).map((value) => Math.max(0, value));
    const { units } = layer;
    const normal = new Float64Array(active.length);
    const inverse = new Float64Array(units);
    const out = new Float64Array(active.length);
    for (let j = 0; j < units; j++) {
      let [mean, variance] = [0, 0];
      for (let i = 0; i < rows; i++) mean += active[i * units + j]! / rows;
      for (let i = 0; i < rows; i++) variance += (active[i * units + j]! - mean) ** 2 / rows;
      inverse[j] = 1 / Math.sqrt(variance + normalizationEpsilon);
      for (let i = 0, at = j; i < rows; i++, at += units) {
        normal[at] = (active[at]! - mean) * inverse[j]!;
        out[at] = (weights[layer.gamma + j]! * normal[at]! + weights[layer.beta + j]!) * masks[index]![at]!;
      }
    }
    const pass = { layer, input, active, normal, inverse, mask: masks[index]! };
    input = out;
    return pass;
  });
  const { head } = layout;
  const logits = affine(head, weights, input, rows);
  const { loss, delta: ofLogits } = lossTwin(logits, targets, rows, head.units);
  let delta = affineBackward(head, weights, input, ofLogits, rows, gradient);
  for (const { layer, input: before, active, normal, inverse, mask } of passes.toReversed()) {
    const { units } = layer;
    const dz = new Float64Array(active.length);
    for (let j = 0; j < units; j++) {
      let [sum, along] = [0, 0];
      for (let i = 0, at = j; i < rows; i++, at += units) {
        sum += delta[at]! * mask[at]!;
        along += delta[at]! * mask[at]! * normal[at]!;
      }
      gradient[layer.beta + j] = sum;
      gradient[layer.gamma + j] = along;
      const scale = weights[layer.gamma + j]! * inverse[j]!;
      for (let i = 0, at = j; i < rows; i++, at += units) {
        const dx = scale * (delta[at]! * mask[at]! - sum / rows - (normal[at]! * along) / rows);
        dz[at] = active[at]! > 0 ? dx : 0;
      }
    }
    delta = affineBackward(layer, weights, before, dz, rows, gradient);
  }
  return { loss, gradient, logits };
}

function affine({ inputs, units, stride, weight, bias }: LayerLayout, weights: Float64Array, x: Float64Array, rows: number): Float64Array {
  return Float64Array.from({ length: rows * units }, (_, at) => {
    const [i, j] = [Math.floor(at / units), at % units];
    let sum = weights[bias + j]!;
    for (let k = 0; k < inputs; k++) sum += x[i * inputs + k]! * weights[weight + k * stride + j]!;
    return sum;
  });
}

function affineBackward(
  { inputs, units, stride, weight, bias }: LayerLayout,
  weights: Float64Array,
  x: Float64Array,
  delta: Float64Array,
  rows: number,
  gradient: Float64Array,
): Float64Array {
  const ofInput = new Float64Array(rows * inputs);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < units; j++) {
      const d = delta[i * units + j]!;
      gradient[bias + j]! += d;
      for (let k = 0; k < inputs; k++) {
        gradient[weight + k * stride + j]! += x[i * inputs + k]! * d;
        ofInput[i * inputs + k]! += weights[weight + k * stride + j]! * d;
      }
    }
  }
  return ofInput;
}

function lossTwin(logits: Float64Array, targets: Float64Array, rows: number, units: number): { loss: number; delta: Float64Array } {
  const classes = targets.length / rows;
  const delta = new Float64Array(logits.length);
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    const z = units === 1 ? [0, logits[i]!] : [...logits.subarray(i * units, (i + 1) * units)]; // a sigmoid is the softmax of 0 and z
    const sum = z.reduce((total, value) => total + Math.exp(value), 0);
    const weight = targets.subarray(i * classes, (i + 1) * classes).reduce((total, value) => total + value, 0);
    z.forEach((value, c) => {
      const [p, target] = [Math.exp(value) / sum, targets[i * classes + c]!];
      loss -= (target * Math.log(p)) / rows;
      if (units > 1) delta[i * units + c] = (p * weight - target) / rows;
      else if (c === 1) delta[i] = (p * weight - target) / rows;
    });
  }
  return { loss, delta };
}
