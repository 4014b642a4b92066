import { type JobInput, mostWindows, predictJob } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { requestInvalid } from '../requests/parse.js';
import type { KindRules, Resolved } from '../work/kind-rules.js';

/** What the contract cannot say of predictions: which options go together, and which version a name means now. */
export const predictRules: KindRules = {
  kind: predictJob,

  check(input) {
    const { alias, version, windowSeconds, hopSeconds } = predictJob.input.parse(input);
    if (alias !== undefined && version !== undefined) throw invalid('version', 'is not to be given beside an alias: one of them decides');
    if (hopSeconds === undefined) return;
    if (windowSeconds === undefined) throw invalid('hopSeconds', 'is of windows, so it needs windowSeconds');
    if (hopSeconds < windowSeconds / 8 || hopSeconds > windowSeconds)
      throw invalid(
        'hopSeconds',
        `must be from an eighth of windowSeconds (${windowSeconds / 8}) to all of it, and make at most ${mostWindows} windows`,
      );
  },

  async resolve(input, { id, workspace }): Promise<Resolved> {
    return { input: await chosen(predictJob.input.parse(input), id, workspace) };
  },
};

async function chosen({ classifier, alias, version, ...manner }: JobInput<typeof predictJob>, jobId: string, workspace: Workspace) {
  return { ...(await workspace.models.choose({ jobId, classifier, alias, version })), ...manner };
}

function invalid(option: string, detail: string) {
  return requestInvalid([{ pointer: `#/${option}`, detail }]);
}
