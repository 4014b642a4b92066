import {
  copyRecipes,
  EarshotError,
  extractTrainingRows,
  outputWhere,
  planTraining,
  type TaskInput,
  type TrainPlan,
} from '@earshot/contracts';
import { profiles } from '@earshot/features';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Injectable } from '@nestjs/common';
import { TrainingVectors } from './training-vectors.js';

@Injectable()
@Handles(extractTrainingRows)
export class ExtractTrainingRowsHandler implements TaskHandler<typeof extractTrainingRows> {
  constructor(private readonly vectors: TrainingVectors) {}

  async run(input: TaskInput<typeof extractTrainingRows>, context: TaskContext<typeof extractTrainingRows>): Promise<void> {
    const { profile, profileHash, augmentation: changes, seed } = input;
    const isKnown = typeof profile !== 'string' || profiles.some(({ id }) => id === profile);
    const [plan] = await context.outputs(outputWhere(planTraining, isKnown, `The profile ${profile} is not known here`));
    if (plan === undefined) throw new EarshotError('INTERNAL', 'A run without a plan');
    const copies = changes === null ? null : { recipes: copyRecipes(input), changes, seed };
    await this.vectors.keep(context, { profile, profileHash, copies }, (index) => trains(plan, index));
  }
}

/** Whether the clip is in the training part of one of the splits. */
function trains({ parts, otherParts }: TrainPlan, index: number): boolean {
  return parts.charAt(index) === 't' || otherParts?.charAt(index) === 't';
}
