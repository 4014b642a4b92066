import { cleanFailure, isOfChild } from './failure.js';
import { failureMessage } from './messages.js';

describe('the failure that a child tells of', () => {
  const failure = { code: 'AUDIO_TOO_LONG', detail: '5400 s decoded', members: { limit: 3_600 } };

  it('is taken as it is promised, and nothing beside it', () =>
    expect(cleanFailure(failureMessage.parse({ ...failure, more: 'than asked' }))).toEqual(failure));

  it('has a detail that rows can hold', () => {
    expect(cleanFailure({ ...failure, detail: 'a\0b\ud800' }).detail).toBe('ab\ufffd');
    expect(cleanFailure({ ...failure, detail: 'x'.repeat(1_000_000) }).detail).toHaveLength(2_000);
  });

  it.each(['AUDIO_UNREADABLE', 'COST_TOO_HIGH', 'MODEL_INVALID', 'TRAINING_DIVERGED', 'STORAGE_FULL'])('may be %s', (code) =>
    expect(isOfChild(code)).toBe(true),
  );

  it.each([null, 'NO_CODE', 'toString', 'SHUTTING_DOWN', 'JOB_CANCELLED', 'STORAGE_UNAVAILABLE', 'DATABASE_UNAVAILABLE'])(
    'is not %s, of which it knows nothing',
    (code) => expect(isOfChild(code)).toBe(false),
  );

  it.each([undefined, null, 'no', 7, [], {}, { ...failure, code: 7 }, { ...failure, detail: null }, { ...failure, members: [{}] }])(
    'is none when it is %j',
    (lie) => expect(failureMessage.safeParse(lie).success).toBe(false),
  );
});
