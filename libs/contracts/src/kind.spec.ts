import { z } from 'zod';
import { once } from './job.js';
import { contractColumns, defineKind, endingsOf } from './kind.js';
import { describeJob } from './kinds/describe.js';
import { defineTask } from './task.js';

const withOption = (name: string) => () => defineKind({ ...describeJob, input: z.strictObject({ [name]: z.string().optional() }) });

describe('a kind of work', () => {
  it('has options of its own', () => expect(withOption('loudness')).not.toThrow());
  it.each(['file', 'clipIds', 'customIds', 'metadata', 'priority', 'expiresInSeconds'])(
    'has none called %s, which could not be given',
    (name) => expect(withOption(name)).toThrow(`Kind describe: a request says something else by ${name}`),
  );

  it('has as columns what fits into a cell, and words of a list as words', () => {
    const { names, cells } = contractColumns(describeJob);
    const of = (result: unknown) => Object.fromEntries(cells(result).map((cell, i) => [names[i], cell]));
    const sound = describeJob.example.item;
    expect(names).toContain('warnings');
    expect(names).not.toContain('waveform');
    expect(of(sound)).toMatchObject({ channels: 1, warnings: '' });
    expect(of({ ...sound, warnings: ['TRUNCATED', 'QUIET'] })).toMatchObject({ warnings: 'TRUNCATED QUIET' });
    expect(cells(null)).toEqual(names.map(() => undefined));
  });

  it('may end with what its tasks say, and with a stall where one has to give signs of progress', () => {
    const task = defineTask({ name: 'a.b', queue: 'train', summary: '', input: z.strictObject({}), errors: ['MODEL_INVALID'] });
    expect(endingsOf({ ...describeJob, stages: [once(task)] })).toEqual(['MODEL_INVALID']);
    expect(endingsOf({ ...describeJob, stages: [once({ ...task, progressSeconds: 30 })] })).toEqual(['MODEL_INVALID', 'TASK_STALLED']);
  });
});
