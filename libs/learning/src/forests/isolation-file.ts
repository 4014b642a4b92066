import { EarshotError } from '@earshot/contracts';
import { z } from 'zod';
import { readModel, writeModel } from '../artifact/model-file.js';
import { forestTensors, readForest } from './forest-scorer.js';
import { IsolationForest } from './isolation-forest.js';

const family = 'isolation';
const detailsSchema = z.strictObject({ subsample: z.int().min(2), threshold: z.number().min(0).max(1) });

/** An isolation forest as a file like any model's. It is no `Scorer`: how far apart a row lies is no probability of a label. */
export function writeIsolationForest({ forest, columns, subsample, threshold }: IsolationForest): Uint8Array<ArrayBuffer> {
  const header = { family, recipe: 'isolation-forest', labels: ['anomalous'], shape: [columns], temperature: 1 };
  return writeModel({ header, tensors: forestTensors(forest), details: { subsample, threshold } });
}

export function readIsolationForest(file: Uint8Array): IsolationForest {
  const { header, tensors, details } = readModel(file);
  const parsed = detailsSchema.safeParse(details);
  const columns = header.shape?.length === 1 ? header.shape[0] : undefined;
  if (header.family !== family || columns === undefined || !parsed.success)
    throw new EarshotError('MODEL_INVALID', 'Not an isolation forest');
  const forest = readForest(tensors, 1);
  forest.check(columns);
  return new IsolationForest(forest, columns, parsed.data.subsample, parsed.data.threshold);
}
