import { defineTask, EarshotError } from '@earshot/contracts';
import { z } from 'zod';
import { Outcomes } from './outcomes.js';

const task = defineTask({
  name: 'sample.only',
  queue: 'extract',
  summary: 'Says a name',
  input: z.object({}),
  itemResult: z.object({ name: z.string() }),
  itemErrors: ['AUDIO_UNREADABLE', 'SANDBOX_CRASHED'],
  errors: [],
});
const silentLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('what becomes of an item', () => {
  let abort: AbortController;
  let outcomes: Outcomes;
  beforeEach(() => {
    abort = new AbortController();
    outcomes = new Outcomes(task, abort.signal, silentLog);
  });

  async function triesOf(error: unknown): Promise<number> {
    let tries = 0;
    await outcomes.keep(0, async () => {
      tries += 1;
      throw error;
    });
    return tries;
  }

  it.each([
    ['AUDIO_UNREADABLE', 'its own fault, which stays', 1],
    ['SANDBOX_CRASHED', 'its own fault, which may pass: it is tried again at once', 3],
    ['INTERNAL', 'not foreseen: it costs this item and no other', 1],
  ] as const)('is %s when that is %s', async (code, _why, tries) => {
    expect(await triesOf(new EarshotError(code, 'why'))).toBe(tries);
    expect(outcomes.of([0])).toEqual([{ index: 0, error: { code, detail: 'why' } }]);
    expect(outcomes.passing).toBeNull();
  });

  it('is INTERNAL, without the words of an error that was not meant for users', async () => {
    await triesOf(new Error('/home/secret'));
    expect(outcomes.of([0])).toEqual([{ index: 0, error: { code: 'INTERNAL', detail: expect.not.stringContaining('secret') } }]);
  });

  it.each(['SANDBOX_UNAVAILABLE', 'STORAGE_UNAVAILABLE', 'STORAGE_FULL', 'DATABASE_UNAVAILABLE', 'SHUTTING_DOWN'] as const)(
    'is open when %s hit it, which may pass and is not its own fault',
    async (code) => {
      const error = new EarshotError(code, 'away');
      expect(await triesOf(error)).toBe(1);
      expect(outcomes.passing).toBe(error);
    },
  );

  it.each(['ENOSPC', 'EDQUOT'])('is open as STORAGE_FULL when the disk said %s', async (code) => {
    await triesOf(Object.assign(new Error('of no code of ours'), { code }));
    expect(outcomes.passing?.code).toBe('STORAGE_FULL');
  });

  it('is nothing once the task is aborted', async () => {
    await outcomes.keep(0, async () => {
      abort.abort();
      throw new EarshotError('STORAGE_UNAVAILABLE', 'aborted');
    });
    expect(await triesOf(new Error('not begun'))).toBe(0);
    expect(outcomes.passing).toBeNull();
  });

  it('is an error when its handler forgot it', () =>
    expect(outcomes.of([7])).toEqual([{ index: 7, error: { code: 'INTERNAL', detail: expect.stringContaining('sample.only') } }]));
});
