import { type Evaluation, evaluation } from '@earshot/contracts';
import { defineFunction } from '../pool/define-function.js';
import type { RowPart } from '../training/rows-file.js';

export interface EvaluationTask {
  /** Holds the rows (see `RowsWriter`). */
  folder: string;
  part: RowPart;
  /** Whether it is known which rows come from one recording or speaker. */
  hasGroups: boolean;
  artifactPath: string;
  seed: number;
  memoryMb: number;
}

/** Rows that are scored at once. */
const batchRows = 256;

/** Measures a model on rows. Labels that it does not know are those it never answers. */
export const evaluateModel = defineFunction<EvaluationTask, Evaluation>({
  lend: (task, lend) => ({ ...task, folder: lend(task.folder), artifactPath: lend(task.artifactPath) }),
  limits: ({ memoryMb }) => ({ wallClockMs: 540_000, memoryMb, outputBytes: 100_000_000, outputValues: 1_000_000 }),
  output: evaluation,
  async run({ folder, part, hasGroups, artifactPath, seed }) {
    const [{ readFile }, { evaluate, openModel }, { RowsReader }] = await Promise.all([
      import('node:fs/promises'),
      import('@earshot/learning'),
      import('../training/rows-file.js'),
    ]);
    const reader = new RowsReader(folder);
    const scorer = await openModel(await readFile(artifactPath));
    try {
      const rows = reader.part(part);
      const labels = [...scorer.labels, ...reader.labels.filter((label) => !scorer.labels.includes(label))];
      const probabilities = new Float32Array(rows.rows * labels.length);
      for (let from = 0; from < rows.rows; from += batchRows) {
        const batch = Array.from({ length: Math.min(batchRows, rows.rows - from) }, (_, i) => rows.row(from + i));
        const scores = scorer.score(batch);
        const known = scorer.labels.length;
        batch.forEach((_, i) => {
          probabilities.set(scores.subarray(i * known, (i + 1) * known), (from + i) * labels.length);
        });
      }
      const truth = rows.labels.map((label) => labels.indexOf(reader.labels[label] ?? ''));
      return evaluate({ labels, truth, probabilities, seed, ...(hasGroups && { groups: rows.groups }) });
    } finally {
      scorer.close();
      reader.close();
    }
  },
});
