import { z } from 'zod';
import { defineFunction } from '../pool/define-function.js';
import { lendModel, type ModelFile } from '../scoring/model-file.js';
import { finiteValues } from './finite-values.js';

/** Scores rows that are known already, all in one call: probabilities, rows × labels. */
export const scoreVectors = defineFunction<{ model: ModelFile; rows: Float32Array[] }, Float32Array>({
  lend: (input, lend) => ({ ...input, model: lendModel(input.model, lend) }),
  limits: ({ model, rows }) => ({
    wallClockMs: 30_000 + model.sizeBytes / 1_000 + rows.length * 50,
    memoryMb: 768,
    outputBytes: 64_000_000,
  }),
  output: z.custom<Float32Array>((value) => finiteValues.safeParse(value).success),
  async run({ model, rows }) {
    const { loadedModel } = await import('../scoring/loaded-models.js');
    const { score } = await import('../scoring/score.js');
    return score(await loadedModel(model), rows);
  },
});
