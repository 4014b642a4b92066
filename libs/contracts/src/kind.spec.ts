import { z } from 'zod';
import { defineKind } from './kind.js';
import { describeJob } from './kinds/describe.js';

const withOption = (name: string) => () => defineKind({ ...describeJob, input: z.strictObject({ [name]: z.string().optional() }) });

describe('a kind of work', () => {
  it('has options of its own', () => expect(withOption('loudness')).not.toThrow());
  it.each(['file', 'clipIds', 'customIds', 'metadata', 'priority', 'expiresInSeconds'])(
    'has none called %s, which could not be given',
    (name) => expect(withOption(name)).toThrow(`Kind describe: a request says something else by ${name}`),
  );
});
