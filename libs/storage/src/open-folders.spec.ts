import { fstatSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenFolders } from './open-folders.js';

describe('folders that stay open', () => {
  let root: string;
  let folders: OpenFolders;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'open-folders-'));
    folders = new OpenFolders();
  });
  afterEach(() => {
    folders.close();
    rmSync(root, { recursive: true });
  });

  /** How often this process holds the folder open. */
  const held = (path: string) => {
    const { ino } = statSync(path);
    return readdirSync('/dev/fd').filter((fd) => inodeOf(Number(fd)) === ino).length;
  };

  it('are opened once, however often they are flushed', async () => {
    await Promise.all(Array.from({ length: 20 }, () => folders.sync(root)));
    await folders.sync(root);
    expect(held(root)).toBe(1);
    folders.close();
    expect(held(root)).toBe(0);
  });

  it('are opened anew when another stands in their place', async () => {
    const path = join(root, 'ab');
    await mkdir(path);
    await folders.sync(path);
    renameSync(path, join(root, 'old'));
    await expect(folders.sync(path)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await mkdir(path);
    await folders.sync(path);
    expect(held(path)).toBe(1);
  });

  it('are not more than 512; those beyond are flushed all the same', async () => {
    const paths = Array.from({ length: 520 }, (_, i) => join(root, `${i}`));
    await Promise.all(paths.map((path) => mkdir(path)));
    for (const path of paths) await folders.sync(path);
    expect(paths.filter((path) => held(path) > 0)).toHaveLength(512);
  }, 20_000);
});

function inodeOf(fd: number): number | null {
  try {
    return fstatSync(fd).ino;
  } catch {
    return null; // the one by which the list was read
  }
}
