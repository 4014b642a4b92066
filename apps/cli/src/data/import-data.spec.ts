import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '../kinds/server.js';
import { importData } from './import-data.js';

describe('an import of what is no audio', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-import-spec-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Of a server that is asked for nothing: each request would fail. */
  const imported = () => importData({} as Server, folder, { dataset: 'd', sampleRate: '16000' });

  it('says so where nothing but links is in the folder, and makes no dataset', async () => {
    await symlink('/nowhere.wav', join(folder, 'a.wav'));
    await expect(imported()).rejects.toThrow('links are not followed');
  });

  it('fails where every file is passed over, and makes no dataset', async () => {
    await writeFile(join(folder, 'a.txt'), 'a');
    expect(await imported()).toBe(1);
  });
});
