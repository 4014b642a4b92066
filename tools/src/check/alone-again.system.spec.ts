import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aloneAgain } from './alone-again.js';
import { runJest } from './jest-run.js';

describe('a file of specs that failed beside others and is tried alone', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-alone-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Of a file that knows by `isAgain` whether it runs the second time. */
  const outcome = async (text: string, { limitMs = 60_000 } = {}) => {
    const head = `const { existsSync, writeFileSync } = require('node:fs'); const { createServer } = require('node:http');
      const isAgain = existsSync('ran'); writeFileSync('ran', '');`;
    await writeFile(join(folder, 'package.json'), JSON.stringify({ jest: { transform: {} } }));
    await writeFile(join(folder, 'moody.spec.js'), `${head}\n${text}`);
    const beside = await runJest(['--runInBand'], { cwd: folder });
    expect(beside).toMatchObject({ failed: 1, output: expect.stringContaining('the first time') });
    return aloneAgain(beside, { cwd: folder, limitMs });
  };
  const fails = `() => { if (!isAgain) throw new Error('the first time'); }`;

  it('has passed when what failed passes, and is not waited for when it leaves a server open', async () => {
    const text = `if (isAgain) createServer().listen(0); it('is moody', ${fails}); it('is not', () => {});`;
    expect(await outcome(text)).toMatchObject({ passed: 2, failed: 0, remark: expect.stringContaining('moody.spec.js: 1 failed') });
  }, 120_000);

  it('has failed when what failed is skipped', async () => {
    const { failed, output } = await outcome(`(isAgain ? it.skip : it)('is moody', ${fails}); it('is not', () => {});`);
    expect(failed).toBe(1);
    expect(output).toContain('Did not pass: is moody');
  }, 120_000);

  it('has passed when it could not be loaded and something in it passes', async () => {
    const text = `(${fails})(); it('works', () => {});`;
    expect(await outcome(text)).toMatchObject({ failed: 0, remark: expect.any(String) });
  }, 120_000);

  it('has failed when it could not be loaded and nothing in it passes', async () => {
    const { failed, output } = await outcome(`(${fails})(); it.skip('works', () => {});`);
    expect(failed).toBe(1);
    expect(output).toMatch(/Nothing passed in .*moody\.spec\.js/);
  }, 120_000);

  it('has failed when it does not end, and is told to be the reason', async () => {
    const { failed, output } = await outcome(`it('is moody', () => { while (isAgain); throw new Error('the first time'); });`, {
      limitMs: 15_000,
    });
    expect(failed).toBe(1);
    expect(output).toContain('It was not done after 15 s');
  }, 120_000);
});
