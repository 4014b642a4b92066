import { readColumns } from './dataset-columns.js';

describe('the columns of a version', () => {
  it('number clips of the same bytes alike, and give those without a group one of their own', async () => {
    const member = { clipId: '', filename: '', fold: null, lost: false };
    const members = [
      { sha256: 'a', label: 'low', group: null },
      { sha256: 'a', label: 'low', group: 'one' },
      { sha256: 'b', label: 'high', group: 'one' },
      { sha256: 'c', label: 'low', group: null },
    ].map((row, index) => ({ ...member, ...row, index }));
    const columns = await readColumns({ members: async (_id, after) => members.filter(({ index }) => index > after) }, 'v');
    expect([...columns.bytesOf]).toEqual([0, 0, 1, 2]);
    expect([...columns.groupOf]).toEqual([1, 0, 0, 2]);
    expect([...columns.labelOf]).toEqual([1, 1, 0, 1]);
  });
});
