import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrainingFolders } from './training-folders.js';

describe('the folders of trainings', () => {
  it('are empty, and what attempts that were killed left behind goes: of the same training, and of any after two days', async () => {
    const home = mkdtempSync(join(tmpdir(), 'folders-'));
    const folders = new TrainingFolders(home);
    for (const name of ['a.1', 'b.1', 'c.1', 'a.3']) mkdirSync(join(home, name));
    const longAgo = Date.now() / 1_000 - 3 * 86_400;
    utimesSync(join(home, 'c.1'), longAgo, longAgo);
    const seen = await folders.lend('a', 2, async (folder) => [folder, readdirSync(home).toSorted(), readdirSync(folder)]);
    expect(seen).toEqual([join(home, 'a.2'), ['a.2', 'a.3', 'b.1'], []]);
    expect(readdirSync(home).toSorted()).toEqual(['a.3', 'b.1']);
    rmSync(home, { recursive: true });
  });
});
