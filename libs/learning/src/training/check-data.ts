import { EarshotError } from '@earshot/contracts';
import type { TrainingData } from './training.js';

/** What no family can learn from. */
export function checkData(training: TrainingData, validation: TrainingData, labels: readonly string[]): void {
  for (const [part, data] of Object.entries({ training, validation })) {
    if (data.rows === 0) throw unfit(`the ${part} part has no rows`);
    if (data.labels.length !== data.rows) throw unfit(`the ${part} part has ${data.rows} rows and ${data.labels.length} labels`);
    const unnamed = data.labels.find((label) => label < 0 || label >= labels.length);
    if (unnamed !== undefined) throw unfit(`the ${part} part has label ${unnamed}, and there are ${labels.length}`);
    if (data.shape.join() !== training.shape.join())
      throw unfit(`rows are [${training.shape}] for training and [${data.shape}] for validation`);
  }
  const [first] = training.labels;
  if (training.labels.every((label) => label === first)) throw unfit(`all rows of the training part are ${labels[first!]}`);
}

function unfit(detail: string): EarshotError {
  return new EarshotError('TRAINING_DATA_UNFIT', detail);
}
