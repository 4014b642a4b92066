import { libraryMapJob } from '@earshot/contracts';
import { getProfile } from '@earshot/features';
import { getEmbedder } from '@earshot/learning';
import type { KindRules } from '../work/kind-rules.js';
import { libraryItems } from './library-items.js';

export const libraryMapRules: KindRules = {
  kind: libraryMapJob,

  check(input) {
    getEmbedder(libraryMapJob.input.parse(input).embedder);
  },

  async resolve(input, { workspace }) {
    const options = libraryMapJob.input.parse(input);
    const { profile } = getEmbedder(options.embedder);
    return { input: { ...options, profile, profileHash: getProfile(profile).hash }, items: await libraryItems(workspace, 1) };
  },
};
