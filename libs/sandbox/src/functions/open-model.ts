import { z } from 'zod';
import { defineFunction } from '../pool/define-function.js';
import { lendModel, type ModelFile } from '../scoring/model-file.js';

export interface OpenedModel {
  labels: string[];
  /** Of the rows that it takes; null when they may be of any length. */
  shape: number[] | null;
}

/** Loads a model that comes from elsewhere and has it score a row of zeros, where it takes rows of one shape. */
export const openModelFile = defineFunction<{ model: ModelFile }, OpenedModel>({
  lend: (input, lend) => ({ ...input, model: lendModel(input.model, lend) }),
  limits: ({ model }) => ({ wallClockMs: 30_000 + model.sizeBytes / 1_000, memoryMb: 768, outputBytes: 10_000_000, outputValues: 20_000 }),
  output: z.object({ labels: z.array(z.string().max(255)).min(1).max(10_000), shape: z.array(z.int().positive()).nullable() }),
  async run({ model }) {
    const [{ loadedModel }, { score }, { EarshotError }] = await Promise.all([
      import('../scoring/loaded-models.js'),
      import('../scoring/score.js'),
      import('@earshot/contracts'),
    ]);
    const scorer = await loadedModel(model);
    const { labels, shape } = scorer;
    if (shape !== null) {
      const zeros = new Float32Array(shape.reduce((product, n) => product * n, 1));
      const probabilities = score(scorer, [zeros]);
      if (probabilities.length !== labels.length || !probabilities.every((p) => p >= 0 && p <= 1.000_001))
        throw new EarshotError('MODEL_INVALID', 'What the model gives are no probabilities of its labels');
    }
    return { labels: [...labels], shape: shape === null ? null : [...shape] };
  },
});
