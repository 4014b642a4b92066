// The jobs and the work of the engine's suites.
import { defineJob, defineTask, EarshotError, eachChunk, once, type Task } from '@earshot/contracts';
import type { NewItem } from '@earshot/database';
import { z } from 'zod';
import type { TaskContext } from '../worker/handler.js';

const echoTask = (name: string) =>
  defineTask({
    name,
    queue: 'train',
    summary: 'Answers with the name of the item',
    input: z.object({ mode: z.string() }),
    itemResult: z.object({ name: z.string().nullable() }),
    itemErrors: ['AUDIO_UNREADABLE', 'CLIP_DELETED'],
    errors: ['STORAGE_UNAVAILABLE'],
  });
/** Long work over all items of a job, that may take half a second without a sign of progress. */
export const fit = defineTask({
  name: 'drill.fit',
  queue: 'train',
  slot: 'long',
  summary: 'Counts the items of a job, slowly',
  input: z.object({ mode: z.string() }),
  errors: [],
  output: z.object({ counted: z.int() }),
  checkpoint: z.object({ counted: z.int() }),
  progressSeconds: 0.5,
});
export const fitting = defineJob({
  kind: 'fit',
  summary: 'Long work',
  input: z.object({ mode: z.string() }),
  stages: [eachChunk(echoTask('drill.first'), { items: 4 }), once(fit)],
  result: fit.output,
});

export const tasks = { first: echoTask('drill.first'), second: echoTask('drill.second'), third: echoTask('drill.third'), fit };
export const single = defineJob({
  kind: 'single',
  summary: 'One stage',
  input: z.object({ mode: z.string() }),
  stages: [eachChunk(tasks.first, { items: 4 })],
});
export const staged = defineJob({
  kind: 'staged',
  summary: 'Three stages',
  input: z.object({ mode: z.string() }),
  stages: [eachChunk(tasks.first, { items: 1 }), eachChunk(tasks.second, { items: 3 }), eachChunk(tasks.third, { items: 2 })],
});

export const modeOf = (input: unknown) => z.object({ mode: z.string() }).parse(input).mode;

export type Work = (context: TaskContext<Task>, mode: string) => Promise<void>;

/** Item names tell what happens to them. */
export const echo: Work = async ({ items, item }) => {
  for (const { index, customId } of items) {
    await item(index, async () => {
      if (customId?.startsWith('bad')) throw new EarshotError('AUDIO_UNREADABLE', `${customId} is bad`);
      return { name: customId };
    });
  }
};

export const named = (names: string[]): NewItem[] => names.map((customId) => ({ clipId: null, customId }));
export const numbered = (count: number) => named(Array.from({ length: count }, (_, i) => `item ${i}`));
