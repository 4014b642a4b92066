import { z } from 'zod';
import { prediction } from '../kinds/predict.js';
import { itemState, jobResource } from './job.js';
import { page } from './page.js';
import { problem } from './problem.js';

/** What one prediction over a clip came to: an item of a job of the kind `predict`. */
export const clipPrediction = z
  .object({
    jobId: z.uuid(),
    index: z.int().nonnegative().meta({ description: 'Which item of the job it is' }),
    state: itemState,
    createdAt: z.iso.datetime().meta({ description: 'When the job was asked for' }),
    finishedAt: jobResource.shape.finishedAt.meta({ description: 'When the job ended; null while it runs, also for items that are done' }),
    retryOf: jobResource.shape.retryOf.meta({ description: 'The job that this one tries again' }),
    model: prediction.shape.model
      .omit({ decisionRevision: true })
      .meta({ description: 'The version that the job was accepted with, which may have been deleted since' }),
    windowSeconds: z
      .number()
      .nullable()
      .meta({ description: 'Length of the windows that were asked for, over all of which the answer is; null: of the clip as a whole' }),
    result: prediction
      .pick({ label: true, confidence: true, isUnknown: true, threshold: true })
      .nullable()
      .meta({ description: 'What was answered; all of it is the `result` of the item' }),
    error: problem.nullable(),
    links: z.object({ job: z.string() }),
  })
  .meta({ id: 'ClipPrediction' });

export type ClipPrediction = z.output<typeof clipPrediction>;

export const clipPredictionPage = page(clipPrediction).meta({ id: 'ClipPredictionPage' });
