import { z } from 'zod';
import { registerModel } from '../effects/register-model.effect.js';
import { once } from '../job.js';
import { defineKind } from '../kind.js';
import { classifierName, modelFacts } from '../resources/classifier.js';
import { defineTask } from '../task.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What an archive of a model says of it in `manifest.json`: all that is kept of a version, and the hash of each other file. */
export const modelManifest = z.strictObject({
  format: z.literal('earshot-model-archive@1'),
  ...modelFacts.shape,
  files: z.strictObject({ 'artifact.safetensors': sha256, 'card.md': sha256 }),
});

export type ModelManifest = z.output<typeof modelManifest>;

export const importModel = defineTask({
  name: 'model.import',
  queue: 'extract',
  summary: 'Loads a model in the sandbox, compares it with what is said of it, and registers it',
  input: modelFacts.extend({
    classifier: classifierName,
    artifact: z
      .strictObject({ sha256, sizeBytes: z.int().positive() })
      .meta({ description: 'Bytes that are stored already, as `POST /api/v1/classifiers/{name}/versions` does it' }),
  }),
  output: z.object({ modelVersionId: z.uuid(), classifier: z.string(), labels: z.array(z.string()) }),
  errors: ['MODEL_INVALID', 'PROFILE_NOT_FOUND', 'REQUEST_INVALID', 'MEMORY_EXCEEDED', 'SANDBOX_CRASHED'],
  effects: [registerModel],
});

/** Takes over a model that was trained elsewhere. */
export const importModelJob = defineKind({
  kind: 'import-model',
  route: 'model-imports',
  noun: 'ModelImport',
  summary: 'Registers a model whose artifact is stored already, after it was loaded once',
  description: 'An archive is taken by `POST /api/v1/classifiers/{name}/versions`, which stores what lies in it and asks for this.',
  over: 'nothing',
  input: importModel.input,
  stages: [once(importModel)],
  result: importModel.output,
  example: {
    input: {
      classifier: 'talent',
      artifact: { sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', sizeBytes: 222_604 },
      recipe: 'talent-mlp',
      profile: 'talent-37@1',
      profileHash: '0ce6f0a3179e04f268f164e3074eac61d321e98af3122f21fb907b68f7e42dcb',
      labels: ['bad', 'good'],
      provenance: { seed: 3 },
      metrics: { accuracy: 0.97 },
      card: { purpose: 'A demonstration' },
      decision: { thresholds: {}, unknownBelow: 0, unknownLabel: 'unknown' },
    },
    result: { modelVersionId: '0199c2f0-5d0e-7c3a-9b1e-2f4a6c8e0d12', classifier: 'talent', labels: ['bad', 'good'] },
  },
});
