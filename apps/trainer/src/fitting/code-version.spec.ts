import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { folders, hashOf, versionIn } from './code-version.js';

describe('the hash of what computes', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'code-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function built(name: string, files: Record<string, string>): string {
    mkdirSync(join(folder, name, 'deep'), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text);
    return join(folder, name);
  }

  it('is of the function that feeds a training, too', () => {
    expect(
      folders()
        .flatMap((one) => readdirSync(one))
        .map((file) => basename(file, extname(file))),
    ).toContain('fit-model');
  });

  it('is of the programs alone, wherever they lie', () => {
    const one = hashOf([built('one', { 'a.js': '1', 'deep/b.js': '2', 'a.js.map': 'here' })]);
    expect(one).toMatch(/^[0-9a-f]{12}$/);
    expect(hashOf([built('two', { 'deep/b.js': '2', 'a.js': '1', 'a.js.map': 'there' })])).toBe(one);
    expect(hashOf([built('three', { 'a.js': '1', 'deep/b.js': '3' })])).not.toBe(one);
    expect(hashOf([built('four', { 'a.js': '12', 'deep/b.js': '' })])).not.toBe(one);
  });

  it('says nothing once another build lies there than the one that was started', () => {
    const version = versionIn('1.2.3', [built('one', { 'a.js': '1' })]);
    expect(version()).toMatch(/^1\.2\.3\+[0-9a-f]{12}$/);
    built('one', { 'a.js': '2' });
    expect(version()).toBe('unknown');
    rmSync(join(folder, 'one'), { recursive: true });
    expect(version()).toBe('unknown');
  });
});
