import type { Problem } from '@earshot/contracts';
import { jest } from '@jest/globals';
import { sayItFailed } from './job-end.js';

describe('a job that ends without success', () => {
  const ended = (state: 'cancelled' | 'failed' | 'expired', error: Pick<Problem, 'code' | 'detail'> | null) => {
    const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const code = sayItFailed({ id: 'a1', state, error });
    const [text] = written.mock.calls[0] ?? [];
    written.mockRestore();
    return [code, text];
  };

  it('is exit code 2 when it was cancelled, 1 otherwise, and says why', () => {
    expect(ended('cancelled', null)).toEqual([2, 'The job a1 is cancelled\n']);
    expect(ended('expired', null)).toEqual([1, 'The job a1 is expired\n']);
    expect(ended('failed', { code: 'TRAINING_DATA_UNFIT', detail: 'One label' })).toEqual([1, 'TRAINING_DATA_UNFIT: One label (job a1)\n']);
  });
});
