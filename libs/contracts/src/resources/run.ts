import { z } from 'zod';
import { trainResult } from '../kinds/train.js';
import { epochFigures, trainInput } from '../kinds/train-parts.js';
import { datasetMember } from './dataset.js';
import { jobResource } from './job.js';
import { page } from './page.js';

/** What a run shows of its job. */
export const runJob = jobResource.pick({
  id: true,
  state: true,
  stage: true,
  taskProgress: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  error: true,
  metadata: true,
});

/** A training run: a job of the kind `train`, with what decided it. */
export const run = runJob
  .extend({
    decidedBy: trainInput.meta({
      description: 'Every option with its default, and every name with what it meant when the run was asked for',
    }),
    result: trainResult.nullable().meta({ description: 'Once it has succeeded' }),
    version: z
      .int()
      .positive()
      .nullable()
      .meta({ description: 'Number of the version of the classifier that it made; null before, and after it was deleted' }),
    links: z.object({ self: z.string(), job: z.string(), events: z.string(), stop: z.string() }),
  })
  .meta({ id: 'TrainingRun' });

export type RunResource = z.output<typeof run>;

export const runDetail = run
  .extend({
    epochs: z
      .array(epochFigures)
      .meta({ description: 'Of the training whose model is kept; while it goes on, up to its last checkpoint. Of a search: none' }),
  })
  .meta({ id: 'TrainingRunDetail' });

export const runPage = page(run).meta({ id: 'TrainingRunPage' });

/** What a run does with a clip of its version of the dataset. */
export const runParts = ['training', 'validation', 'test', 'left out'] as const;
export type RunPart = (typeof runParts)[number];

export const runClip = datasetMember.extend({ part: z.enum(runParts) }).meta({ id: 'TrainingRunClip' });
export type RunClip = z.output<typeof runClip>;

export const runClipPage = page(runClip).meta({ id: 'TrainingRunClipPage' });

export const runComparison = z
  .object({
    runs: z.array(run),
    differences: z
      .array(z.object({ name: z.string(), values: z.array(z.string()).meta({ description: 'One for each run, as JSON' }) }))
      .meta({ description: 'What decided the runs and is not the same in all, such as `settings.epochs`' }),
    figures: z
      .array(z.object({ name: z.string(), values: z.array(z.number().nullable()) }))
      .meta({ description: 'What they came to, on their held-out clips' }),
    isComparable: z.boolean().meta({ description: 'Whether all were measured on the same clips: the same data, split, share and seed' }),
  })
  .meta({ id: 'TrainingRunComparison' });

export type RunComparison = z.output<typeof runComparison>;
