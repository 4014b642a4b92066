import { EarshotError, errorCodes, problem } from '@earshot/contracts';
import { failureProblem, problemDocument, retryAfterOf } from './problem-document.js';

describe('a problem document', () => {
  it.each(Object.keys(errorCodes))('of %s fits the contract', (code) =>
    expect(problem.parse(failureProblem({ code, detail: 'x' }))).toMatchObject({ code }),
  );

  it('has the members and the faults of its error', () =>
    expect(
      problemDocument(
        { code: 'FILE_TOO_LARGE', detail: 'x', members: { limit: 3, file: 0 }, faults: [{ pointer: '#/file', detail: 'y' }] },
        { instance: '/api/v1/clips', requestId: 'r' },
      ),
    ).toEqual({
      type: 'urn:earshot:problem:FILE_TOO_LARGE',
      title: errorCodes.FILE_TOO_LARGE.title,
      status: 413,
      code: 'FILE_TOO_LARGE',
      detail: 'x',
      instance: '/api/v1/clips',
      requestId: 'r',
      limit: 3,
      file: 0,
      errors: [{ pointer: '#/file', detail: 'y' }],
      help: '/docs/errors#FILE_TOO_LARGE',
    }));

  it('of a code that nobody knows tells nothing of the inside', () =>
    expect(failureProblem({ code: 'SEGFAULT', detail: 'secret' })).toMatchObject({ code: 'INTERNAL', detail: errorCodes.INTERNAL.title }));

  it.each([
    ['JOB_NOT_FINISHED', 1],
    ['STORAGE_UNAVAILABLE', 1],
    ['AUDIO_EMPTY', null],
  ] as const)('of %s says when to try again: %s', (code, seconds) => expect(retryAfterOf(new EarshotError(code, 'x'))).toBe(seconds));

  it('says when to try again as the error knows it', () =>
    expect(retryAfterOf(new EarshotError('BUSY', 'x', { retryAfterSeconds: 17 }))).toBe(17));
});
