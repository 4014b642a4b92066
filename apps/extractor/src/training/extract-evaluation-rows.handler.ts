import { extractEvaluationRows, type TaskInput } from '@earshot/contracts';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Injectable } from '@nestjs/common';
import { TrainingVectors } from './training-vectors.js';

@Injectable()
@Handles(extractEvaluationRows)
export class ExtractEvaluationRowsHandler implements TaskHandler<typeof extractEvaluationRows> {
  constructor(private readonly vectors: TrainingVectors) {}

  run(input: TaskInput<typeof extractEvaluationRows>, context: TaskContext<typeof extractEvaluationRows>): Promise<void> {
    const { profile, profileHash } = input;
    return this.vectors.keep(context, { profile, profileHash, copies: null }, () => false);
  }
}
