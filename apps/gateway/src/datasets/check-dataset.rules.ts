import { checkDatasetJob } from '@earshot/contracts';
import type { KindRules } from '../work/kind-rules.js';
import { resolveDataset } from './resolve-dataset.js';

export const checkDatasetRules: KindRules = {
  kind: checkDatasetJob,
  async resolve(input, { workspace }) {
    const choice = checkDatasetJob.input.parse(input);
    const { version, items } = await resolveDataset(choice, workspace);
    return { input: { dataset: choice.dataset, datasetVersion: version.number, datasetVersionId: version.id }, items };
  },
};
