import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { features } from '@earshot/contracts';
import { talent37 } from '@earshot/features';

const golden = fileURLToPath(new URL('../../../../libs/features/golden/audio/', import.meta.url));
const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

function earshot(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

describe('earshot on files, without a server,', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'earshot-files-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  it('describes each, one line a file, in their order', async () => {
    const { code, stdout } = await earshot('describe', `${golden}voice.wav`, `${golden}tone-16k.wav`);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(lines.map(({ file, sampleRate }) => [file, sampleRate])).toEqual([
      [`${golden}voice.wav`, 22_050],
      [`${golden}tone-16k.wav`, 16_000],
    ]);
  });

  it('goes on after a bad file, tells its error, and ends with 3', async () => {
    const text = join(dir, 'text.wav');
    await writeFile(text, 'no sound at all');
    const { code, stdout, stderr } = await earshot('describe', text, `${dir}/missing.wav`, `${golden}voice.wav`, '--json');
    const records = JSON.parse(stdout);
    expect(code).toBe(3);
    expect(records.map((record: { error?: { code: string } }) => record.error?.code)).toEqual([
      'AUDIO_FORMAT_UNKNOWN',
      'FILE_NOT_FOUND',
      undefined,
    ]);
    expect(stderr).toContain('2 of 3 files failed');
  });

  it('computes a named profile, with the names of its columns', async () => {
    const { stdout } = await earshot('features', `${golden}voice.wav`, '--profile', 'talent-37@1');
    const { vectors } = features.parse(JSON.parse(stdout));
    expect(vectors.map(({ profile, columns, values }) => [profile, columns?.length, values?.length])).toEqual([['talent-37@1', 37, 37]]);
  });

  it('makes a table of them', async () => {
    const { stdout } = await earshot('features', `${golden}voice.wav`, `${golden}chirp.wav`, '--csv');
    const rows = stdout
      .trimEnd()
      .split('\r\n')
      .map((row) => row.split(','));
    expect(rows).toHaveLength(3);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([2 + 45]));
  });

  it("computes a profile of one's own", async () => {
    const { id: _, hash: __, ...definition } = talent37;
    const own = join(dir, 'own.json');
    await writeFile(own, JSON.stringify({ ...definition, name: 'own', silence: null }));
    const { stdout } = await earshot('features', `${golden}voice.wav`, '--profile', own);
    expect(JSON.parse(stdout)).toMatchObject({ vectors: [{ profile: 'own@1', values: expect.any(Array) }] });
  });

  it('names the profiles there are when asked for another', async () => {
    const { code, stderr } = await earshot('features', `${golden}voice.wav`, '--profile', 'none@1');
    expect(code).toBe(1);
    expect(stderr).toContain('talent-37@1');
  });
});
