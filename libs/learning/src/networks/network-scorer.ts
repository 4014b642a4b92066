import { EarshotError } from '@earshot/contracts';
import type { ModelFile } from '../artifact/model-file.js';
import type { Scorer } from '../training/training.js';
import { type Explanation, explainNetwork, isExplainable } from './explain-network.js';
import { type NetworkModel, readNetwork } from './network-model.js';
import { sizeOf } from './plan.js';
import { heardFramesOf, preparationOf } from './preparation-table.js';
import type { Prepare } from './preparations.js';
import { WasmEngine } from './wasm/wasm-engine.js';

/** Memory for the outputs of all layers, by which the rows that are scored together are chosen. */
const budgetBytes = 1 << 24;

/** Scores rows with a network by the plain kernels: the same bytes on every processor, whatever rows come together. */
export class NetworkScorer implements Scorer {
  readonly labels: readonly string[];
  readonly shape: readonly number[] | null;
  readonly explain?: (row: Float32Array) => Explanation;
  private readonly engine: WasmEngine;
  private readonly prepare: Prepare;

  constructor(private readonly model: NetworkModel) {
    const { header, plan, description, weights, statistics } = model;
    this.labels = header.labels;
    this.shape = header.shape;
    this.prepare = preparationOf(description.preparation);
    const rowBytes = plan.layers.reduce((sum, { output }) => sum + 8 * sizeOf(output), 0);
    this.engine = new WasmEngine(plan, Math.max(1, Math.min(16, Math.floor(budgetBytes / rowBytes))), 'serving');
    this.engine.load(weights, statistics);
    if (isExplainable(model)) this.explain = (row) => this.explainRow(row);
  }

  static async open(file: ModelFile): Promise<NetworkScorer> {
    return new NetworkScorer(readNetwork(file));
  }

  score(rows: readonly Float32Array[]): Float32Array {
    const { plan, header } = this.model;
    const size = sizeOf(plan.input);
    const inputs = new Float32Array(rows.length * size);
    for (const [i, row] of rows.entries()) inputs.set(this.prepared(row), i * size);
    const probabilities = new Float32Array(rows.length * plan.labels);
    this.engine.predict(inputs, probabilities);
    if (header.temperature !== 1) temperInPlace(probabilities, plan.labels, header.temperature);
    return probabilities;
  }

  close(): void {
    this.engine.close();
  }

  private prepared(row: Float32Array): Float32Array {
    const { plan, header } = this.model;
    const prepared = this.prepare(row, header.shape ?? plan.input, null);
    const size = sizeOf(plan.input);
    if (prepared.length !== size) throw new EarshotError('MODEL_INVALID', `The model takes ${size} values a row, not ${prepared.length}`);
    return prepared;
  }

  private explainRow(row: Float32Array): Explanation {
    const { header, description, plan } = this.model;
    const frames = heardFramesOf(description.preparation, row, plan.input[1]!);
    const explanation = explainNetwork(this.model, this.engine, this.prepared(row), frames);
    if (header.temperature !== 1) temperInPlace(explanation.probabilities, plan.labels, header.temperature);
    return explanation;
  }
}

/** The smallest float of single precision that keeps all its digits. */
const leastNormal = 2 ** -126;

/**
 * softmax(z / T) from softmax(z), in place: p^(1/T), made to sum to 1 again. `applyTemperature` says the same of any probabilities, also of
 * the zeros that a forest gives; here powers are rounded to single precision before they are summed, so that about every fourth score is
 * another in its last bit. Registered versions keep to these. A row is scaled by its greatest only where powers would vanish.
 */
export function temperInPlace(probabilities: Float32Array, labels: number, temperature: number): void {
  const power = 1 / temperature;
  for (let first = 0; first < probabilities.length; first += labels) {
    const row = probabilities.subarray(first, first + labels);
    const greatest = row.reduce((most, p) => Math.max(most, p), 0);
    const scale = greatest ** power < leastNormal ? greatest : 1;
    let sum = 0;
    for (let c = 0; c < labels; c++) {
      row[c] = (row[c]! / scale) ** power;
      sum += row[c]!;
    }
    for (let c = 0; c < labels; c++) row[c]! /= sum;
  }
}
