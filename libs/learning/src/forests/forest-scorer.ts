import { EarshotError } from '@earshot/contracts';
import { floatsOf, type ModelFile, type ModelHeader, wholeNumbersOf, writeModel } from '../artifact/model-file.js';
import { onlyThese, type Tensor } from '../artifact/safetensors.js';
import { applyTemperature } from '../measures/calibration.js';
import type { Scorer } from '../training/training.js';
import { Forest } from './forest.js';

/** A random forest that scores: the mean, over the trees, of the label's share in the leaf a row comes to; then its temperature. */
export class ForestScorer implements Scorer {
  readonly labels: readonly string[];
  readonly shape: readonly number[];

  constructor(
    private readonly forest: Forest,
    labels: readonly string[],
    columns: number,
    private readonly temperature: number,
  ) {
    this.labels = labels;
    this.shape = [columns];
  }

  static async open({ header, tensors, details }: ModelFile): Promise<ForestScorer> {
    const { labels, shape, temperature } = header;
    const columns = shape?.length === 1 ? shape[0] : undefined;
    if (columns === undefined) throw new EarshotError('MODEL_INVALID', 'A forest scores vectors of a given length');
    if (details !== null) throw new EarshotError('MODEL_INVALID', 'A forest has no details that are known here');
    onlyThese(tensors, forestNames);
    const forest = readForest(tensors, labels.length);
    forest.check(columns);
    return new ForestScorer(forest, labels, columns, temperature);
  }

  score(rows: readonly Float32Array[]): Float32Array {
    const wrong = rows.find((row) => row.length !== this.shape[0]);
    if (wrong) throw new EarshotError('MODEL_INVALID', `The model takes ${this.shape[0]} values a row, not ${wrong.length}`);
    const sums = new Float64Array(rows.length * this.labels.length);
    this.forest.addLeaves(rows, sums);
    const shares = meansOf(sums, this.forest.roots.length);
    return this.temperature === 1 ? shares : applyTemperature(shares, this.labels.length, this.temperature);
  }

  close(): void {
    // Its memory goes with it.
  }
}

export function meansOf(sums: Float64Array, trees: number): Float32Array {
  return Float32Array.from(sums, (sum) => sum / trees);
}

export function writeForestModel(forest: Forest, header: Omit<ModelHeader, 'family'>): Uint8Array<ArrayBuffer> {
  return writeModel({ header: { family: 'forest', ...header }, tensors: forestTensors(forest), details: null });
}

export const forestNames = ['roots', 'feature', 'threshold', 'child', 'leaves'] as const;

export function forestTensors({ feature, threshold, child, leaves, roots, leafSize }: Forest): Map<string, Tensor> {
  const nodes = [feature.length];
  return new Map<string, Tensor>([
    ['roots', { shape: [roots.length], values: roots }],
    ['feature', { shape: nodes, values: feature }],
    ['threshold', { shape: nodes, values: threshold }],
    ['child', { shape: nodes, values: child }],
    ['leaves', { shape: [leaves.length / leafSize, leafSize], values: leaves }],
  ]);
}

export function readForest(tensors: ReadonlyMap<string, Tensor>, leafSize: number): Forest {
  const lengthOf = (name: string) => tensors.get(name)?.shape[0] ?? 0;
  const nodes = [lengthOf('feature')];
  return new Forest(
    wholeNumbersOf(tensors, 'feature', nodes),
    floatsOf(tensors, 'threshold', nodes),
    wholeNumbersOf(tensors, 'child', nodes),
    floatsOf(tensors, 'leaves', [lengthOf('leaves'), leafSize]),
    leafSize,
    wholeNumbersOf(tensors, 'roots', [lengthOf('roots')]),
  );
}
