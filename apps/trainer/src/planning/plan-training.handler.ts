import { planTraining, type TaskInput } from '@earshot/contracts';
import { Database, DatasetRepository } from '@earshot/database';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Injectable } from '@nestjs/common';
import { readColumns } from '../rows/dataset-columns.js';
import { planOf } from './plan.js';

@Injectable()
@Handles(planTraining)
export class PlanTrainingHandler implements TaskHandler<typeof planTraining> {
  constructor(private readonly database: Database) {}

  async run(input: TaskInput<typeof planTraining>, { workspaceId, output }: TaskContext<typeof planTraining>): Promise<void> {
    const datasets = new DatasetRepository(this.database, workspaceId);
    output(planOf(input, await readColumns(datasets, input.datasetVersionId)));
  }
}
