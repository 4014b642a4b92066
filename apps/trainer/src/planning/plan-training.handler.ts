import { planTraining, type TaskInput, type TrainPlan } from '@earshot/contracts';
import { Database, DatasetRepository, Models } from '@earshot/database';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Injectable } from '@nestjs/common';
import { codeVersion } from '../fitting/code-version.js';
import { readColumns } from '../rows/dataset-columns.js';
import { clipsHeardBy, countHeard } from '../rows/heard-clips.js';
import { planOf } from './plan.js';

@Injectable()
@Handles(planTraining)
export class PlanTrainingHandler implements TaskHandler<typeof planTraining> {
  constructor(private readonly database: Database) {}

  async run(input: TaskInput<typeof planTraining>, { workspaceId, output }: TaskContext<typeof planTraining>): Promise<void> {
    const datasets = new DatasetRepository(this.database, workspaceId);
    const plan = planOf(input, await readColumns(datasets, input.datasetVersionId));
    output({ ...plan, code: codeVersion(), heard: await this.heldOutAndHeard(plan, input, workspaceId) });
  }

  /** A model that is trained further has heard clips before, whatever part they are in now. */
  private async heldOutAndHeard(
    { parts }: TrainPlan,
    { from, datasetVersionId }: TaskInput<typeof planTraining>,
    workspaceId: string,
  ): Promise<number | null> {
    if (from === null) return 0;
    const datasets = new DatasetRepository(this.database, workspaceId);
    const { versions } = new Models(this.database, workspaceId);
    const heard = await clipsHeardBy(from.modelVersionId, { datasets, versions });
    return heard && countHeard(heard, { datasets }, datasetVersionId, (index) => parts.charAt(index) === 'e');
  }
}
