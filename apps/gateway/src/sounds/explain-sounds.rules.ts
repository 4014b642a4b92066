import { explainSoundsJob } from '@earshot/contracts';
import { requestInvalid } from '../requests/parse.js';
import type { KindRules } from '../work/kind-rules.js';

/** Whose answers are sums over places. */
const explainable = 'sounds';

/** Which version a name means now, and that its answers can be explained. */
export const explainSoundsRules: KindRules = {
  kind: explainSoundsJob,

  check(input) {
    const { alias, version } = explainSoundsJob.input.parse(input);
    if (alias !== undefined && version !== undefined)
      throw requestInvalid([{ pointer: '#/version', detail: 'is not to be given beside an alias: one of them decides' }]);
  },

  async resolve(input, { id, workspace }) {
    const { classifier, alias, version, topK } = explainSoundsJob.input.parse(input);
    const chosen = await workspace.models.choose({ jobId: id, classifier, alias, version });
    const { recipe } = await workspace.models.versions.withId(chosen.modelVersionId);
    if (recipe !== explainable) {
      const detail = `version ${chosen.version} of ${classifier} is of the recipe ${recipe}, whose answers cannot be explained; those of the recipe ${explainable} can`;
      throw requestInvalid([{ pointer: '#/classifier', detail }]);
    }
    return { input: { ...chosen, topK } };
  },
};
