import { z } from 'zod';
import { defineEffect } from '../effect.js';
import { classifierName, modelFacts } from '../resources/classifier.js';

/** Makes a version of a classifier, which is made where there is none of that name. The artifact's bytes are stored before. */
export const registerModel = defineEffect({
  name: 'model.register',
  summary: 'Registers a model version under the next number of its classifier',
  input: modelFacts.extend({
    id: z.uuid().meta({ description: 'Of the version, given by the task: so nothing can be registered twice' }),
    classifier: classifierName,
    artifact: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), sizeBytes: z.int().positive() }),
    datasetVersionId: z.uuid().nullable(),
  }),
});
