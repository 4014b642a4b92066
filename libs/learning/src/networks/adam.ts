const { sqrt } = Math;

/** Means of the gradient and of its square, one of each for a weight. */
export interface AdamState {
  first: Float32Array;
  second: Float32Array;
}

export interface AdamOptions {
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.999. */
  beta2?: number;
  /** Default 1e-8. */
  epsilon?: number;
  /** Of those weights that decay. Default 0. */
  weightDecay?: number;
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019), in place; t counts from 1:
 *
 *     m ← β₁m + (1 − β₁)g     v ← β₂v + (1 − β₂)g²     w ← w − r·(λw + (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε))
 */
export function adam(
  weights: Float32Array,
  gradient: Float32Array,
  { first: m, second: v }: AdamState,
  decays: Uint8Array,
  t: number,
  rate: number,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 }: AdamOptions = {},
): void {
  const step = rate / (1 - beta1 ** t);
  const root = 1 / sqrt(1 - beta2 ** t);
  const decay = rate * weightDecay;
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i]!;
    const mean = beta1 * m[i]! + (1 - beta1) * g;
    const square = beta2 * v[i]! + (1 - beta2) * g * g;
    m[i] = mean;
    v[i] = square;
    const w = weights[i]!;
    weights[i] = w - decay * decays[i]! * w - (step * mean) / (sqrt(square) * root + epsilon);
  }
}
