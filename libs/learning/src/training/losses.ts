// Cross-entropy with its gradient. What is aimed at is a matrix of targets (rows × classes) that may say more than one class, and need not
// sum to 1: class weights, label smoothing and mixup are all in it (`targets.ts`), so no loss knows of them.

/** What some rows came to. */
export interface LossSum {
  /** Summed, not averaged. */
  loss: number;
  /** Rows whose likeliest class is the target's. */
  correct: number;
}

/** Values of a matrix, row after row; a row takes `stride` values. */
export interface Logits {
  values: Float32Array;
  rows: number;
  stride: number;
}

/**
 * Softmax: p[c] = e^z[c] / Σ e^z,  loss = −Σ t[c]·ln p[c],  ∂z[c] = (p[c]·Σt − t[c]) / rows.
 * `gradient` has the layout of the logits, and may be left out.
 */
export function softmaxLoss({ values: z, rows, stride }: Logits, targets: Float32Array, classes: number, gradient?: Float32Array): LossSum {
  const sum: LossSum = { loss: 0, correct: 0 };
  for (let row = 0; row < rows; row++) {
    const [at, from] = [row * stride, row * classes];
    let [best, aim, weight, powers] = [0, 0, 0, 0];
    for (let c = 0; c < classes; c++) {
      if (z[at + c]! > z[at + best]!) best = c;
      if (targets[from + c]! > targets[from + aim]!) aim = c;
      weight += targets[from + c]!;
    }
    for (let c = 0; c < classes; c++) powers += Math.exp(z[at + c]! - z[at + best]!);
    const level = z[at + best]! + Math.log(powers);
    for (let c = 0; c < classes; c++) {
      const logP = z[at + c]! - level;
      sum.loss -= targets[from + c]! * logP;
      if (gradient) gradient[at + c] = (Math.exp(logP) * weight - targets[from + c]!) / rows;
    }
    if (best === aim) sum.correct++;
  }
  return sum;
}

/**
 * Sigmoid of one logit for two classes: p = 1/(1 + e^−z),  loss = −t[1]·ln p − t[0]·ln(1 − p),  ∂z = (p·(t[0] + t[1]) − t[1]) / rows.
 * `targets` is rows × 2.
 */
export function sigmoidLoss({ values: z, rows, stride }: Logits, targets: Float32Array, gradient?: Float32Array): LossSum {
  const sum: LossSum = { loss: 0, correct: 0 };
  for (let row = 0; row < rows; row++) {
    const value = z[row * stride]!;
    const [negative, positive] = [targets[2 * row]!, targets[2 * row + 1]!];
    const tail = Math.log1p(Math.exp(-Math.abs(value))); // ln p = min(z, 0) − tail, ln(1 − p) = −max(z, 0) − tail
    sum.loss -= positive * (Math.min(value, 0) - tail) + negative * (-Math.max(value, 0) - tail);
    if (value > 0 === positive > negative) sum.correct++;
    if (gradient) gradient[row * stride] = ((positive + negative) / (1 + Math.exp(-value)) - positive) / rows;
  }
  return sum;
}
