import { z } from 'zod';
import { defineJob, eachChunk, itemTaskOf, once, perOutput, planOf, type Stage, together } from './job.js';
import { defineTask } from './task.js';

const base = { summary: 'A task of this spec', input: z.object({}), errors: [] } as const;
const measure = defineTask({ ...base, name: 'clips.measure', queue: 'extract', itemResult: z.object({ length: z.number() }) });
const rate = defineTask({ ...base, name: 'clips.rate', queue: 'extract', itemResult: z.object({ stars: z.int() }) });
const split = defineTask({ ...base, name: 'folds.split', queue: 'train', output: z.object({ folds: z.int().min(1), note: z.string() }) });
const fit = defineTask({ ...base, name: 'fold.fit', version: 2, queue: 'train', slot: 'long', output: z.object({ loss: z.number() }) });
const judge = defineTask({ ...base, name: 'folds.judge', queue: 'train', output: z.object({ accuracy: z.number() }) });

const job = (stages: [Stage, ...Stage[]], result?: z.ZodObject) =>
  defineJob({ kind: 'learn', summary: 'A job of this spec', input: z.object({}), stages, result });

describe('a plan', () => {
  it('says of each stage which tasks it has, and how many', () => {
    const plan = planOf(
      job(
        [
          together('prepare', eachChunk(measure, { items: 16 }), once(split, { name: 'split' })),
          once(split, { name: 'folds' }),
          perOutput(fit, { of: 'folds', count: 'folds' }),
          once(judge),
        ],
        judge.output,
      ),
    );
    const whole = { version: 1, queue: 'train', slot: 'short', itemsPerTask: 0, countOf: null };
    expect(plan).toEqual([
      {
        name: 'prepare',
        parts: [
          { task: 'clips.measure', version: 1, queue: 'extract', slot: 'short', itemsPerTask: 16, countOf: null },
          { ...whole, task: 'folds.split' },
        ],
      },
      { name: 'folds', parts: [{ ...whole, task: 'folds.split' }] },
      { name: 'fold.fit', parts: [{ ...whole, task: 'fold.fit', version: 2, slot: 'long', countOf: { stage: 1, name: 'folds' } }] },
      { name: 'folds.judge', parts: [{ ...whole, task: 'folds.judge' }] },
    ]);
  });

  it.each([
    [1, 4],
    [64, 4],
    [100, 7],
    [100_000, 16],
    [undefined, 16],
  ])('of %s items has chunks of %s', (total, itemsPerTask) => {
    const [stage] = planOf(job([eachChunk(measure, { items: 16, fewest: 4 })]), total);
    expect(stage?.parts[0]).toMatchObject({ itemsPerTask });
  });

  it('takes the results of its items from the last task that covers them', () => {
    expect(itemTaskOf([eachChunk(measure, { items: 1 }), eachChunk(rate, { items: 1 }), once(judge)])).toBe(rate);
    expect(itemTaskOf([once(judge)])).toBeUndefined();
  });

  it.each([
    ['two stages are called folds.judge', () => job([once(judge), once(judge)])],
    ['stage two has a task twice', () => job([together('two', once(judge), once(judge))])],
    [
      'two tasks of stage both would bring results for an item',
      () => job([together('both', eachChunk(measure, { items: 1 }), eachChunk(rate, { items: 1 }))]),
    ],
    ['folds.judge covers items, yet says nothing of them', () => job([eachChunk(judge, { items: 1 })])],
    ['no earlier stage folds of one task puts out folds', () => job([perOutput(fit, { of: 'folds', count: 'folds' })])],
    [
      'no earlier stage folds.split of one task puts out many',
      () => job([once(split), perOutput(fit, { of: 'folds.split', count: 'many' })]),
    ],
    ['accuracy must be a whole number from 1 up', () => job([once(judge), perOutput(fit, { of: 'folds.judge', count: 'accuracy' })])],
    ["its result is not the output of its last stage's one task", () => job([once(judge), once(split)], judge.output)],
  ])('is refused when %s', (reason, define) => {
    expect(define).toThrow(`Job learn: ${reason}`);
  });
});
