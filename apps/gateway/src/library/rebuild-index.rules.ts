import { rebuildIndexJob } from '@earshot/contracts';
import { getEmbedder } from '@earshot/learning';
import type { KindRules } from '../work/kind-rules.js';

/** Which embedders there are. */
export const rebuildIndexRules: KindRules = {
  kind: rebuildIndexJob,

  check(input) {
    getEmbedder(rebuildIndexJob.input.parse(input).embedder);
  },
};
