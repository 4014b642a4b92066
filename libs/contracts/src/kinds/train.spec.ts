import { fitModel, planTraining, trainJob } from './train.js';
import { trainInput } from './train-parts.js';

const sha256 = '0'.repeat(64);
const asked = {
  ...trainJob.input.parse({ dataset: 'voices', classifier: 'voices' }),
  datasetVersion: 1,
  datasetVersionId: '019aa5c4-3a07-7c55-8e21-94d3b7a6f150',
  datasetHash: sha256,
  profile: 'talent-37@1',
  profileHash: sha256,
  ...{ split: null, testGroups: null, testFold: null, augmentation: null, timeBudgetSeconds: null, promote: null, from: null },
};

describe('what a task of a run is told', () => {
  it('is understood as a version before wrote it', () => {
    expect(planTraining.input.parse(asked)).toMatchObject({ trials: null, validationFold: null });
  });

  it('is not taken without an option that only a newer version knows, though such a run can be looked at', () => {
    for (const task of [planTraining, fitModel]) expect(task.input.safeParse({ ...asked, ofTomorrow: true }).success).toBe(false);
    expect(trainInput.safeParse({ ...asked, ofTomorrow: true }).success).toBe(true);
  });
});
