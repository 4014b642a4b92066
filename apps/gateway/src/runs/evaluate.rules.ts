import { type EvaluateInput, evaluateJob } from '@earshot/contracts';
import { datasetItems } from '@earshot/database';
import { requestInvalid } from '../requests/parse.js';
import type { KindRules } from '../work/kind-rules.js';

/** Which version is measured, and on which clips: decided when it is asked for. */
export const evaluateRules: KindRules = {
  kind: evaluateJob,

  check(input) {
    const { alias, version } = evaluateJob.input.parse(input);
    if (alias !== undefined && version !== undefined)
      throw requestInvalid([{ pointer: '#/alias', detail: 'does not go with `version`: give one of them' }]);
  },

  async resolve(input, { id: jobId, workspace: { datasets, models } }) {
    const { dataset, datasetVersion, classifier, ...which } = evaluateJob.input.parse(input);
    const chosen = await models.choose({ jobId, classifier, ...which });
    const [model, version] = await Promise.all([
      models.versions.withId(chosen.modelVersionId),
      datasetVersion === undefined ? datasets.freeze(dataset) : datasets.version(dataset, datasetVersion),
    ]);
    const resolved: EvaluateInput = {
      dataset,
      datasetVersion: version.number,
      datasetVersionId: version.id,
      datasetHash: version.hash,
      classifier,
      version: chosen.version,
      alias: chosen.alias,
      modelVersionId: model.id,
      artifactSha256: model.artifact.sha256,
      trainedOn: model.datasetVersionId,
      profile: model.profile,
      profileHash: model.profileHash,
    };
    return { input: resolved, items: datasetItems(datasets, version.id) };
  },
};
