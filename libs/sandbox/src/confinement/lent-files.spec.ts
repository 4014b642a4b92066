import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ScratchFolder } from '../testing/scratch-folder.js';
import type { Place } from './confined-command.js';
import { LentFiles } from './lent-files.js';

const scratch = new ScratchFolder();
const lent = join(scratch.path, 'lent');
mkdirSync(lent);
const place: Place = { base: scratch.path, own: join(scratch.path, 'own'), lent, account: null };

afterAll(() => scratch.remove());

describe('files that are lent to a child', () => {
  const { path } = scratch.write('clip', 'sound');
  chmodSync(path, 0o600);
  let files: LentFiles;
  beforeEach(() => {
    files = new LentFiles(place);
  });

  it('have a second name and no second copy, until the call is over', () => {
    const there = files.lend(1, path);
    expect(statSync(there).ino).toBe(statSync(path).ino);
    files.takeBack(1);
    expect(statSync(there, { throwIfNoEntry: false })).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe('sound');
  });

  it('are copied where the account of the child could not read them', () => {
    const there = new LentFiles({ ...place, account: 65_000 }).lend(2, path);
    expect(statSync(there).mode & 0o777).toBe(0o444);
    expect(readFileSync(there, 'utf8')).toBe('sound');
  });

  it('are what a link leads to', () => {
    const link = join(scratch.path, 'link');
    symlinkSync(path, link);
    expect(readFileSync(files.lend(3, link), 'utf8')).toBe('sound');
    files.takeBack(3);
  });

  it('may be a folder of files', () => {
    const folder = join(scratch.path, 'folder');
    mkdirSync(folder);
    scratch.write('folder/rows', '1, 2, 3');
    expect(readFileSync(join(files.lend(4, folder), 'rows'), 'utf8')).toBe('1, 2, 3');
    files.takeBack(4);
  });

  it('may be missing, which the child finds out', () => {
    const there = files.lend(5, join(scratch.path, 'nowhere'));
    expect(statSync(there, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('may be gone by the time at which they are lent', () => {
    const link = join(scratch.path, 'link to nowhere'); // like a file that was there when it was looked at
    symlinkSync(join(scratch.path, 'nowhere'), link);
    const there = files.lend(8, link);
    expect(statSync(there, { throwIfNoEntry: false })).toBeUndefined();
    files.takeBack(8);
  });

  it('are known by call and path', () => {
    const there = files.lend(6, path);
    expect([files.has(6, there), files.has(7, there), files.has(6, path)]).toEqual([true, false, false]);
    files.takeBack(6);
  });
});
