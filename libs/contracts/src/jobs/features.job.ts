import { defineJob, eachChunk } from '../job.js';
import { extractFeatures } from '../tasks/extract-features.task.js';

export const featuresJob = defineJob({
  kind: 'features',
  summary: 'Computes the vectors of chosen profiles for clips',
  input: extractFeatures.input,
  stages: [eachChunk(extractFeatures, { items: 16 })],
});
