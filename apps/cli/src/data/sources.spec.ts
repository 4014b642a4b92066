import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { withLabels } from './labels.js';
import { filesOfSource } from './sources.js';

const run = promisify(execFile);

describe('the files of an import', () => {
  let folder: string;
  let out: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-sources-'));
    out = join(folder, 'out');
    await mkdir(out);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function write(path: string, content: string | Uint8Array) {
    const at = join(folder, path);
    await mkdir(dirname(at), { recursive: true });
    await writeFile(at, content);
    return at;
  }
  const read = (source: string) => filesOfSource(join(folder, source), out, { sampleRate: 8_000 });
  const python = (code: string) => run('python3', ['-c', code], { cwd: folder });
  async function tree() {
    await write('set/me/good/a_1.wav', 'one');
    await write('set/me/bad/b_2.wav', 'two');
    await write(`set/you/good/${'long name '.repeat(15)}é.wav`, 'three');
  }

  it('of a folder have their labels by folder or by name, and groups likewise', async () => {
    await tree();
    const files = await read('set');
    const said = (rules: Parameters<typeof withLabels>[1]) => withLabels(files, rules).map(({ label, group }) => [label, group]);
    expect(said({ groups: { from: 'folder' } })).toEqual([
      ['bad', 'me'],
      ['good', 'me'],
      ['good', 'you'],
    ]);
    expect(said({ labels: { from: 'prefix', part: 1 }, groups: { from: 'prefix', part: 2 } }).slice(0, 2)).toEqual([
      ['b', '2'],
      ['a', '1'],
    ]);
  });

  it.each([
    ['set.tar.gz', () => run('tar', ['-czf', 'set.tar.gz', '-C', 'set', '.'], { cwd: folder })],
    ['set.zip', () => run('python3', ['-m', 'zipfile', '-c', '../set.zip', '.'], { cwd: join(folder, 'set') })],
  ])('of %s are those of the folder that it was made of', async (archive, make) => {
    await tree();
    const expected = await read('set');
    await make();
    const files = await read(archive);
    expect(files.map(({ path }) => path)).toEqual(expected.map(({ path }) => path));
    for (const [i, { at }] of files.entries()) expect(await readFile(at, 'utf8')).toBe(await readFile(expected[i]!.at, 'utf8'));
  });

  it.each(['zip', 'tar'])('of a %s never lead out of it', async (kind) => {
    await python(
      kind === 'zip'
        ? `import zipfile\nwith zipfile.ZipFile('evil.zip', 'w') as z: z.writestr('../evil.wav', b'x')`
        : `import tarfile, io\nwith tarfile.open('evil.tar', 'w') as t:\n  i = tarfile.TarInfo('a/../../evil.wav'); i.size = 1; t.addfile(i, io.BytesIO(b'x'))`,
    );
    await expect(read(`evil.${kind}`)).rejects.toThrow('leads out of it');
  });

  it.each(['zip', 'tar.gz'])('of a %s that is a bomb are given up', async (kind) => {
    await python(
      kind === 'zip'
        ? `import zipfile\nwith zipfile.ZipFile('bomb.zip', 'w', zipfile.ZIP_DEFLATED) as z: z.writestr('a.wav', bytes(200_000_000))`
        : `import tarfile, io\nwith tarfile.open('bomb.tar.gz', 'w:gz') as t:\n  i = tarfile.TarInfo('a.wav'); i.size = 200_000_000; t.addfile(i, io.BytesIO(bytes(200_000_000)))`,
    );
    await expect(read(`bomb.${kind}`)).rejects.toThrow('times as large as it is');
  });

  it('of a zip in which a byte has changed are refused', async () => {
    await python(`import zipfile
with zipfile.ZipFile('bad.zip', 'w') as z: z.writestr('a.wav', b'x'); z.writestr('b.wav', b'some samples')
b = open('bad.zip', 'rb').read(); open('bad.zip', 'wb').write(b.replace(b'some', b'same'))`);
    await expect(read('bad.zip')).rejects.toMatchObject({ code: 'BODY_MALFORMED', detail: expect.stringContaining('b.wav') });
  });

  it.each(['cut.zip', 'cut.tar', 'cut.tar.gz'])('of %s, which is none, are refused', async (name) => {
    await write(name, 'x'.repeat(700));
    await expect(read(name)).rejects.toMatchObject({ code: 'BODY_MALFORMED' });
  });

  it('of a manifest are what it says, and none but those beside it', async () => {
    await write('m/a.wav', 'one');
    await write('m/b, c.wav', 'two');
    await write('m/list.csv', 'file,label,group,fold\r\na.wav,x,g,1\r\n"b, c.wav","say ""y""",,\r\n');
    expect((await read('m/list.csv')).map(({ path, said }) => [path, said])).toEqual([
      ['a.wav', { label: 'x', group: 'g', fold: 1 }],
      ['b, c.wav', { label: 'say "y"', group: null, fold: null }],
    ]);
    await write('m/list.jsonl', '{"file": "a.wav", "label": "z"}\n');
    expect(await read('m/list.jsonl')).toMatchObject([{ path: 'a.wav', said: { label: 'z', group: null, fold: null } }]);
    await write('m/evil.jsonl', '{"file": "../m/a.wav"}\n');
    await expect(read('m/evil.jsonl')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  it.each(['', 'ESC-50-master/'])('in the layout of ESC-50 have category, recording and fold of its list (in %j)', async (root) => {
    await write(`esc/${root}audio/1-100032-A-0.wav`, 'one');
    await write(`esc/${root}audio/5-9032-A-0.wav`, 'two');
    await write(`esc/${root}audio/not-in-the-list.wav`, 'three');
    await write(`esc/${root}README.md`, 'about it');
    const header = 'filename,fold,target,category,esc10,src_file,take\n';
    const rows = '1-100032-A-0.wav,1,0,dog,True,100032,A\n5-9032-A-0.wav,5,0,dog,True,9032,A\n';
    await write(`esc/${root}meta/esc50.csv`, header + rows);
    const expected = [
      ['1-100032-A-0.wav', { label: 'dog', group: '100032', fold: 1 }],
      ['5-9032-A-0.wav', { label: 'dog', group: '9032', fold: 5 }],
    ];
    expect((await read('esc')).map(({ path, said }) => [path, said])).toEqual(expected);
    await run('python3', ['-m', 'zipfile', '-c', '../esc.zip', '.'], { cwd: join(folder, 'esc') });
    expect((await read('esc.zip')).map(({ path, said }) => [path, said])).toEqual(expected);
    await write(`esc/${root}meta/esc50.csv`, `${header}1-100032-A-0.wav,one,0,dog,True,100032,A\n`);
    await expect(read('esc')).rejects.toThrow('entry 1: the fold one is no whole number');
    await write(`esc/${root}meta/esc50.csv`, `${header}gone.wav,1,0,dog,True,1,A\n`);
    await expect(read('esc')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await write(`esc/${root}meta/esc50.csv`, 'filename,fold\n1-100032-A-0.wav,1\n');
    await expect(read('esc')).rejects.toThrow('entry 1: it has no category');
  });

  it('of .npy arrays are their waveforms; MFCCs are refused', async () => {
    const npy = (shape: string, count: number) => {
      const header = `${`{'descr': '<f4', 'fortran_order': False, 'shape': (${shape}), }`.padEnd(117)}\n`;
      const head = Buffer.concat([Buffer.from('\x93NUMPY\x01\0', 'latin1'), Buffer.from([header.length, 0]), Buffer.from(header)]);
      return Buffer.concat([head, Buffer.from(new Float32Array(count).fill(0.25).buffer)]);
    };
    await write('train/yes.npy', npy('2, 2500', 5_000));
    expect((await read('train')).map(({ path }) => path)).toEqual(['yes/yes_0.wav', 'yes/yes_1.wav']);
    await write('train/yes.npy', npy('2, 49, 40', 3_920));
    await expect(read('train')).rejects.toThrow('from which no sound comes back');
    await write('train/yes.npy', npy('9, 2500', 5_000));
    await expect(read('train')).rejects.toThrow('its size does not fit its shape');
  });
});
