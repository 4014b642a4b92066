import { reasonsOf } from './reasons-of.js';

const problem = (code: 'AUDIO_UNREADABLE' | 'AUDIO_TOO_LONG') => ({ type: '', title: `title of ${code}`, status: 422, code, detail: '' });
const job = (id: string, code: Parameters<typeof problem>[0] | null, retryOf: string | null = null) => ({
  id,
  error: code === null ? null : problem(code),
  retryOf,
});

describe('the reasons of jobs that failed', () => {
  it('come with their jobs, the most frequent first', () => {
    const jobs = [job('1', 'AUDIO_TOO_LONG'), job('2', 'AUDIO_UNREADABLE'), job('3', null), job('4', 'AUDIO_UNREADABLE')];
    expect(reasonsOf(jobs)).toEqual([
      { code: 'AUDIO_UNREADABLE', title: 'title of AUDIO_UNREADABLE', jobIds: ['2', '4'] },
      { code: 'AUDIO_TOO_LONG', title: 'title of AUDIO_TOO_LONG', jobIds: ['1'] },
    ]);
  });
  it('leave out what was tried again', () =>
    expect(reasonsOf([job('2', 'AUDIO_UNREADABLE', '1'), job('1', 'AUDIO_UNREADABLE')])).toMatchObject([{ jobIds: ['2'] }]));
  it('leave out what was tried again by a press, and what that tries again', () =>
    expect(reasonsOf([job('2', 'AUDIO_UNREADABLE', '1'), job('1', 'AUDIO_UNREADABLE')], new Set(['2']))).toEqual([]));
});
