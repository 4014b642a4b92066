import { isFault, Tally } from './tally.js';

describe('the tally of outcomes', () => {
  it('counts by decoder and by code', () => {
    const tally = new Tally();
    for (const decoder of ['ffmpeg', 'mpg123', 'mpg123']) tally.add({ outcome: 'decoded', decoder, ms: 7 });
    tally.add({ outcome: 'AUDIO_EMPTY', ms: 2 });
    const decoders = { ffmpeg: 1, mpg123: 2 };
    expect(tally.row()).toEqual({ mutations: 4, decoded: 3, decoders, refused: { AUDIO_EMPTY: 1 }, faults: 0, slowestMs: 7 });
  });

  it.each(['INTERNAL', 'SANDBOX_CRASHED', 'MEMORY_EXCEEDED', 'AUDIO_TOO_SLOW', 'TypeError: no'])('takes %s for a fault', (outcome) => {
    expect(isFault({ outcome, ms: 1 })).toBe(true);
  });

  it('takes what lasts longer than five seconds for a fault', () => {
    expect([4999, 5001].map((ms) => isFault({ outcome: 'AUDIO_UNREADABLE', ms }))).toEqual([false, true]);
  });
});
