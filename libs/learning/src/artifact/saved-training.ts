import { EarshotError } from '@earshot/contracts';
import { z } from 'zod';
import type { EpochFigures } from '../training/training.js';
import { onlyThese, readTensors, type Tensor, writeTensors } from './safetensors.js';

const format = 'earshot-training@1';

/** Where a training stands, beside its tensors. JSON gives back each number as it was, to the last bit. */
export interface Progress {
  step: number;
  figures: EpochFigures[];
  /** Of the epoch under way. */
  lossSum: number;
  correctSum: number;
}

const figure = z.number();
const progressSchema: z.ZodType<Progress> = z.strictObject({
  step: z.int().nonnegative(),
  figures: z.array(
    z.strictObject({
      epoch: z.int().nonnegative(),
      trainingLoss: figure,
      trainingAccuracy: figure,
      validationLoss: figure,
      validationAccuracy: figure,
      learningRate: figure,
    }),
  ),
  lossSum: figure,
  correctSum: figure,
});

/** `setup` is all that decided the training: settings, seed, labels, sizes. A training goes on only with the same. */
export function writeTraining(setup: unknown, progress: Progress, tensors: ReadonlyMap<string, Tensor>): Uint8Array<ArrayBuffer> {
  return writeTensors({ tensors, metadata: { format, setup: JSON.stringify(setup), progress: JSON.stringify(progress) } });
}

/** `names` are those of all its tensors. */
export function readTraining(
  file: Uint8Array,
  setup: unknown,
  names: readonly string[],
): { progress: Progress; tensors: ReadonlyMap<string, Tensor> } {
  const { metadata, tensors } = readTensors(file);
  if (metadata['format'] !== format) throw new EarshotError('MODEL_INVALID', 'Not a saved training');
  if (metadata['setup'] !== JSON.stringify(setup)) {
    throw new EarshotError('MODEL_INVALID', 'The saved training has other settings or other data than it is to go on with');
  }
  onlyThese(tensors, names);
  const progress = progressSchema.safeParse(parsed(metadata['progress'] ?? ''));
  if (!progress.success) throw new EarshotError('MODEL_INVALID', `Not a saved training: ${z.prettifyError(progress.error)}`);
  return { progress: progress.data, tensors };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EarshotError('MODEL_INVALID', 'The progress of the saved training is not JSON', { cause });
  }
}
