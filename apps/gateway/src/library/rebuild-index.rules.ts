import { rebuildIndexJob } from '@earshot/contracts';
import { getEmbedder } from '@earshot/learning';
import type { KindRules } from '../work/kind-rules.js';

/** Which embedders there are, and that there is a place for the vectors. */
export const rebuildIndexRules: KindRules = {
  kind: rebuildIndexJob,

  check(input) {
    getEmbedder(rebuildIndexJob.input.parse(input).embedder);
  },

  async resolve(input, { vectors }) {
    await vectors.ping(); // it would be tried again and again, and come to nothing
    return { input: rebuildIndexJob.input.parse(input) };
  },
};
