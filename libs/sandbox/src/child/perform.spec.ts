import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Decoding } from './decoding.js';
import { perform } from './perform.js';

describe('a call', () => {
  const decoding = new Decoding(tmpdir(), () => undefined);
  const call = { id: 1, name: 'write', input: null, outputBytes: 1_000, outputValues: 100 };

  it('that finds no space on the disk says so', async () => {
    const write = () => writeFileSync('/dev/full', 'x');
    expect(await perform(call, { write }, tmpdir(), decoding)).toMatchObject({ kind: 'failure', failure: { code: 'STORAGE_FULL' } });
  });

  it('that fails in another way says nothing that a client may see', async () => {
    const write = () => writeFileSync('/nowhere/x', 'x');
    expect(await perform(call, { write }, tmpdir(), decoding)).toMatchObject({ kind: 'failure', failure: { code: null } });
  });
});
