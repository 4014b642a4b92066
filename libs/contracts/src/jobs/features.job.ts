import { defineJob, eachChunk } from '../job.js';
import { clipIdsRequestWith } from '../resources/clip.js';
import { extractFeatures } from '../tasks/extract-features.task.js';

export const featuresJob = defineJob({
  kind: 'features',
  summary: 'Computes the vectors of chosen profiles for clips',
  input: extractFeatures.input,
  stages: [eachChunk(extractFeatures, { items: 16 })],
});

/** The profiles may stand in the query instead. */
export const featuresRequest = clipIdsRequestWith({ profiles: featuresJob.input.shape.profiles.optional() });
