import { EarshotError } from '@earshot/contracts';
import type { ModelFile } from '../artifact/model-file.js';
import type { Scorer } from '../training/training.js';
import { type DenseModel, denseModelOf, foldNormalization } from './layers.js';
import { Predictor } from './predictor.js';

/** Scores vectors with a dense network. */
export class DenseScorer implements Scorer {
  readonly labels: readonly string[];
  readonly shape: readonly number[];
  private readonly predictor: Predictor;

  constructor(private readonly model: DenseModel) {
    this.labels = model.labels;
    this.shape = [model.scaler.mean.length];
    this.predictor = new Predictor(foldNormalization(model));
  }

  static async open(file: ModelFile): Promise<DenseScorer> {
    return new DenseScorer(denseModelOf(file));
  }

  score(rows: readonly Float32Array[]): Float32Array {
    const columns = this.predictor.inputs;
    for (const row of rows) {
      if (row.length !== columns) throw new EarshotError('MODEL_INVALID', `The model takes ${columns} values a row, not ${row.length}`);
    }
    const logits = this.predictor.logits(rows.length, (index, into) => this.model.scaler.apply(rows[index]!, into));
    const wrong = logits.findIndex((logit) => !Number.isFinite(logit));
    if (wrong >= 0)
      throw new EarshotError('MODEL_INVALID', `What the model makes of row ${Math.floor(wrong / this.predictor.units)} is not finite`);
    return probabilitiesOf(logits, this.labels.length, this.model.temperature);
  }

  close(): void {
    // Its memory goes with it.
  }
}

/** Rows of logits (one a row where there are two labels) as rows × labels. */
export function probabilitiesOf(logits: Float32Array, labelCount: number, temperature: number): Float32Array {
  if (labelCount === 2) {
    const out = new Float32Array(logits.length * 2);
    logits.forEach((logit, row) => {
      out[2 * row] = 1 / (1 + Math.exp(logit / temperature));
      out[2 * row + 1] = 1 / (1 + Math.exp(-logit / temperature));
    });
    return out;
  }
  const out = new Float32Array(logits.length);
  for (let from = 0; from < out.length; from += labelCount) {
    let [most, sum] = [Number.NEGATIVE_INFINITY, 0];
    for (let c = 0; c < labelCount; c++) most = Math.max(most, logits[from + c]!);
    for (let c = 0; c < labelCount; c++) sum += Math.exp((logits[from + c]! - most) / temperature);
    for (let c = 0; c < labelCount; c++) out[from + c] = Math.exp((logits[from + c]! - most) / temperature) / sum;
  }
  return out;
}
