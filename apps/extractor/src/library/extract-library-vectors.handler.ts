import { extractLibraryVectors, type TaskInput } from '@earshot/contracts';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Injectable } from '@nestjs/common';
import { TrainingVectors } from '../training/training-vectors.js';

@Injectable()
@Handles(extractLibraryVectors)
export class ExtractLibraryVectorsHandler implements TaskHandler<typeof extractLibraryVectors> {
  constructor(private readonly vectors: TrainingVectors) {}

  run(input: TaskInput<typeof extractLibraryVectors>, context: TaskContext<typeof extractLibraryVectors>): Promise<void> {
    return this.vectors.keep(context, { ...input, copies: null }, () => false);
  }
}
