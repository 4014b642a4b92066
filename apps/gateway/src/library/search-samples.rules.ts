import { searchSamplesJob } from '@earshot/contracts';
import { getEmbedder } from '@earshot/learning';
import { noIndexOf } from '@earshot/vectors';
import type { KindRules } from '../work/kind-rules.js';

/** A search that cannot be answered now is not accepted: its client is told so at once, and nothing waits. */
export const searchSamplesRules: KindRules = {
  kind: searchSamplesJob,

  check(input) {
    getEmbedder(searchSamplesJob.input.parse(input).embedder);
  },

  async resolve(input, { workspace, vectors }) {
    const { embedder, ...asked } = searchSamplesJob.input.parse(input);
    if ((await workspace.indexes.live(embedder)) === null) throw noIndexOf(embedder);
    await vectors.ping();
    return { input: { embedder, ...asked } };
  },
};
