import { findAnomaliesJob } from '@earshot/contracts';
import { electro45, sound97 } from '@earshot/features';
import type { KindRules } from '../work/kind-rules.js';
import { libraryItems } from './library-items.js';

/** What each method compares: the rules are made for one profile, and the old system knew the other. */
const profileOf = { neighbours: sound97, 'isolation-forest': electro45 };

export const findAnomaliesRules: KindRules = {
  kind: findAnomaliesJob,

  async resolve(input, { workspace }) {
    const options = findAnomaliesJob.input.parse(input);
    const { id, hash } = profileOf[options.method];
    return { input: { ...options, profile: id, profileHash: hash }, items: await libraryItems(workspace, 2) };
  },
};
