import type { WaitingWork } from '@earshot/database';
import { jest } from '@jest/globals';
import { Admission } from './admission.js';

const limits = { all: { jobs: 2_000, items: 20_000, bytes: 2_000_000 }, share: 0.25 };
const amount = (items: number) => ({ jobs: 1, items, bytes: 10 });

/** An admission that sees those rows at its looks, a second after one another. */
function seeing(...looks: WaitingWork[][]) {
  let nowMs = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const rest = looks.values();
  const admission = new Admission({ waiting: async () => rest.next().value ?? [] }, limits);
  const look = () => {
    nowMs += 1_000;
    return admission.look();
  };
  return { admission, look };
}

afterEach(() => jest.restoreAllMocks());

describe('a caller', () => {
  it('may have its share of the jobs, items and bytes that may wait, and no more', async () => {
    const { admission, look } = seeing([
      { caller: 'jobs', jobs: 500, items: 500, bytes: 0 },
      { caller: 'items', jobs: 1, items: 5_000, bytes: 0 },
      { caller: 'bytes', jobs: 1, items: 1, bytes: 500_000 },
      { caller: 'nearly', jobs: 499, items: 4_999, bytes: 499_999 },
    ]);
    await look();
    for (const caller of ['jobs', 'items', 'bytes']) expect(() => admission.admit(caller)).toThrow(`BACKLOG_FULL`);
    admission.admit('somebody else');
    admission.admit('nearly');
    expect(() => admission.admit('nearly', { items: 2 })).toThrow('BACKLOG_FULL');
  });

  it('is told when what is too much will be done, as fast as it was of late', async () => {
    const { admission, look } = seeing(
      [{ caller: 'a', jobs: 600, items: 600, bytes: 0 }],
      [{ caller: 'a', jobs: 590, items: 590, bytes: 0 }],
    );
    await look();
    await look();
    // 590 wait, 490 may be left: 100 at 0.3 × 10 a second
    expect(() => admission.admit('a')).toThrow(expect.objectContaining({ code: 'BACKLOG_FULL', retryAfterSeconds: 34 }));
  });

  it('who brings much is told when there will be room for all of it, and after the longest time when there never will', async () => {
    const waiting = { caller: 'a', jobs: 1, items: 4_000, bytes: 0 };
    const { admission, look } = seeing([waiting], [{ ...waiting, items: 3_900 }]);
    await look();
    await look();
    // 3,900 wait and 2,000 come, of at most 5,000: 900 at 0.3 × 100 a second
    expect(() => admission.admit('a', { items: 2_000 })).toThrow(expect.objectContaining({ retryAfterSeconds: 30 }));
    expect(() => admission.admit('a', { items: 5_001 })).toThrow(expect.objectContaining({ retryAfterSeconds: 600 }));
  });

  it('may have one job, however little its share is', () => {
    const admission = new Admission({ waiting: async () => [] }, { all: { jobs: 1, items: 1, bytes: 1 }, share: 0.5 });
    admission.admit('a');
  });

  it('counts with what it was let in since the look', () => {
    const { admission } = seeing();
    for (let n = 0; n < 500; n++) {
      admission.admit('a');
      admission.accepted('a', amount(1));
    }
    expect(() => admission.admit('a')).toThrow('BACKLOG_FULL');
    admission.admit('b');
  });

  it('counts with what is on its way into a job, until that is over', () => {
    const { admission } = seeing();
    const draft = admission.draft('a');
    draft.grow({ items: 5_000 });
    expect(() => draft.grow({ items: 1 })).toThrow('BACKLOG_FULL');
    expect(() => admission.admit('a')).toThrow('BACKLOG_FULL');
    draft.end();
    admission.admit('a');
  });

  it('who has the last place is not refused for what else comes with it', () => {
    const { admission } = seeing();
    const draft = admission.draft('a');
    draft.grow({ jobs: 500 });
    draft.grow({ items: 5_000, bytes: 500_000 });
    expect(() => draft.grow({ bytes: 1 })).toThrow('BACKLOG_FULL');
  });
});

describe('all callers together', () => {
  it('are refused by BUSY when they have as much as may wait', async () => {
    const { admission, look } = seeing(['a', 'b', 'c', 'd', 'e'].map((caller) => ({ caller, jobs: 400, items: 400, bytes: 0 })));
    await look();
    expect(() => admission.admit('f')).toThrow('BUSY');
  });
});

describe('among work of one priority', () => {
  it('a caller with little goes before one with much, and a small job before a large one', async () => {
    const { admission, look } = seeing([{ caller: 'much', jobs: 300, items: 300, bytes: 0 }]);
    await look();
    expect([admission.levelOf('little', 1), admission.levelOf('much', 1), admission.levelOf('much', 200)]).toEqual([0, 1, 2]);
  });

  it('a caller whose work is done as fast as it comes has little', async () => {
    const fast = { caller: 'fast', jobs: 20, items: 20, bytes: 0 };
    const { admission, look } = seeing([fast], [fast], [fast], [fast]);
    for (let second = 0; second < 4; second++) {
      await look();
      admission.accepted('fast', { jobs: 70, items: 70, bytes: 0 });
    }
    expect(admission.levelOf('fast', 1)).toBe(0);
  });
});

describe('a look that fails', () => {
  it('forgets nothing of what was let in', async () => {
    const admission = new Admission({ waiting: () => Promise.reject(new Error('away')) }, limits);
    admission.accepted('a', amount(5_000));
    await expect(admission.look()).rejects.toThrow('away');
    expect(() => admission.admit('a')).toThrow('BACKLOG_FULL');
  });
});
