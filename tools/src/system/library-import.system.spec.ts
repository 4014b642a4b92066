// The library's verbs against a gateway: what lies in folders and manifests becomes samples, once.
import 'reflect-metadata';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wavFile } from '@earshot/audio';
import { EarshotError, extractFeatures, libraryStats, type SampleResource } from '@earshot/contracts';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { type PlantedStack, startPlanted } from './planted-stack.js';

/** Tells of each clip that it lasts two seconds, but of those whose name says that they are broken. */
@Handles(extractFeatures)
class TwoSecondsHandler implements TaskHandler<typeof extractFeatures> {
  async run(_input: unknown, { items, item }: TaskContext<typeof extractFeatures>): Promise<void> {
    await Promise.all(
      items.map(({ index, filename }) =>
        item(index, async () => {
          if (filename?.startsWith('broken')) throw new EarshotError('AUDIO_UNREADABLE', 'it is broken');
          return { format: 'wav', decoder: 'none', durationSeconds: 2, warnings: [], vectors: [] };
        }),
      ),
    );
  }
}

describe('the verbs of the library', () => {
  let stack: PlantedStack;
  let folder: string;
  beforeAll(async () => {
    stack = await startPlanted({ kinds: [], tasks: [extractFeatures], handlers: [TwoSecondsHandler] });
  }, 60_000);
  afterAll(() => stack?.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-library-spec-'));
  });
  afterEach(async () => {
    await stack.fetch('/api/v1/datasets/library?force=true', { method: 'DELETE' });
    await rm(folder, { recursive: true, force: true });
  });

  let level = 0;
  async function write(path: string, content?: object | string): Promise<void> {
    await mkdir(join(folder, path, '..'), { recursive: true });
    level += 0.001;
    const bytes = wavFile([new Float32Array(800).fill(level)], { sampleRate: 8_000 });
    await writeFile(join(folder, path), content === undefined ? bytes : typeof content === 'string' ? content : JSON.stringify(content));
  }
  const samples = async (): Promise<SampleResource[]> => (await (await stack.fetch('/api/v1/library/clips')).json()).items;

  it('take folders by their genre, with what stands beside a file, and take nothing twice', async () => {
    await write('techno/a.wav');
    await write('techno/a.json', { licence: 'CC0-1.0', author: 'somebody', tags: ['dark'], metadata: { freesoundId: 7 } });
    await write('house/b.wav');
    await write('house/notes.txt', 'no audio');
    const first = await stack.run('library', 'import', folder, '--licence', 'CC-BY-4.0', '--tag', 'loop');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.printed)).toEqual({ files: 2, passedOver: 1, unreadable: 0 });
    const imported = await samples();
    expect(
      imported.map(({ filename, genre, licence, author, tags, metadata }) => ({ filename, genre, licence, author, tags, metadata })),
    ).toEqual(
      expect.arrayContaining([
        { filename: 'a.wav', genre: 'techno', licence: 'CC0-1.0', author: 'somebody', tags: ['dark'], metadata: { freesoundId: 7 } },
        { filename: 'b.wav', genre: 'house', licence: 'CC-BY-4.0', author: null, tags: ['loop'], metadata: {} },
      ]),
    );
    await stack.run('library', 'import', folder, '--tag', 'other'); // another request, of the same bytes
    expect((await samples()).map(({ clipId }) => clipId)).toEqual(imported.map(({ clipId }) => clipId));
    await stack.fetch(`/api/v1/library/clips/${imported[0]?.clipId}`, { method: 'DELETE' });
    await stack.run('library', 'import', folder); // the same as at first, and yet not what was answered then
    const stats = libraryStats.parse(JSON.parse((await stack.run('library', 'stats', '--json')).printed));
    expect(stats).toMatchObject({ samples: 2, genres: [{ samples: 1 }, { samples: 1 }] });
  });

  it('take manifests with all that these say', async () => {
    await write('a.wav');
    await write('b.wav');
    await write(
      'list.csv',
      'file,genre,group,tags,licence,metadata\na.wav,techno,pack 1,loop;dark,CC0-1.0,"{""bpm"":128}"\nb.wav,house,,,,\n',
    );
    expect((await stack.run('library', 'import', join(folder, 'list.csv'))).code).toBe(0);
    expect((await samples()).map(({ genre, group, tags, metadata }) => ({ genre, group, tags, metadata }))).toEqual([
      { genre: 'techno', group: 'pack 1', tags: ['loop', 'dark'], metadata: { bpm: 128 } },
      { genre: 'house', group: null, tags: [], metadata: {} },
    ]);
    await write('bad.csv', 'file,genre,url\na.wav,techno,no address\n');
    await expect(stack.run('library', 'import', join(folder, 'bad.csv'))).rejects.toThrow('What the manifest says of a.wav cannot be: url');
  });

  it('ask for the anomalies and the map of what is in it', async () => {
    for (const name of ['a', 'b', 'c']) await write(`techno/${name}.wav`);
    await stack.run('library', 'import', folder);
    for (const [verb, kind] of [
      ['anomalies', 'find-anomalies'],
      ['map', 'library-map'],
    ] as const) {
      const { code, printed } = await stack.run('library', verb, '--detach');
      expect(code).toBe(0);
      expect(await (await stack.fetch(`/api/v1/jobs/${printed.trim()}`)).json()).toMatchObject({ kind, state: 'queued' });
    }
  });

  it('tell of files that could not be read, which stay in the library', async () => {
    await write('techno/good.wav');
    await write('techno/broken.wav');
    const { code, printed } = await stack.run('library', 'import', folder);
    expect([code, JSON.parse(printed)]).toEqual([3, { files: 2, passedOver: 0, unreadable: 1 }]);
    expect(await samples()).toHaveLength(2);
  });
});
