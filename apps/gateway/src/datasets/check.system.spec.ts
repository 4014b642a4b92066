// The real extractor decodes and compares here: every fault that is planted in a set is found, and nothing in a clean one.
import { augment, shiftPitch, stretchTime, wavFile } from '@earshot/audio';
import { type DatasetFault, findFaults } from '@earshot/contracts';
import { startExtractor } from '../testing/extractor-process.js';
import { melody, melodyRate } from '../testing/melodies.js';
import { problemOf } from '../testing/problem-of.js';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';

interface File {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  label: string;
  group?: string;
  fold?: number;
}

const wav = (samples: Float32Array) => Uint8Array.from(wavFile([samples], { sampleRate: melodyRate }));
const changed = (seed: number, change: (x: number, i: number) => number) => wav(melody(seed).map(change));
/** Two labels of 12 clips by six singers, each of whom sings both and stands in one fold. */
const clean: File[] = Array.from({ length: 24 }, (_, i) => ({
  name: `clean-${i}.wav`,
  bytes: wav(melody(i)),
  label: i % 2 === 0 ? 'low' : 'high',
  group: `singer ${Math.floor(i / 2) % 6}`,
  fold: Math.floor(i / 2) % 2,
}));

describe('the check of a dataset', () => {
  let gateway: TestGateway;
  let extractor: { stop(): Promise<void> };
  beforeAll(async () => {
    gateway = await startTestGateway();
    extractor = await startExtractor(gateway);
  }, 60_000);
  afterAll(async () => {
    await extractor.stop();
    await gateway.close();
  });

  async function fill(dataset: string, files: File[]) {
    await gateway.fetch('/api/v1/datasets', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: dataset }),
    });
    const form = formOf(...files.map(({ name, bytes }): [string, Uint8Array<ArrayBuffer>] => [name, bytes]));
    form.append('labels', JSON.stringify(files.map(({ label }) => label)));
    form.append('groups', JSON.stringify(files.map(({ group = null }) => group)));
    form.append('folds', JSON.stringify(files.map(({ fold = null }) => fold)));
    expect((await gateway.fetch(`/api/v1/datasets/${dataset}/clips`, { method: 'POST', body: form })).status).toBe(200);
  }
  async function check(dataset: string, files: File[]) {
    await fill(dataset, files);
    const headers = { prefer: 'wait=60' };
    const response = await gateway.fetch(`/api/v1/datasets/${dataset}/check`, { method: 'POST', headers });
    const { jobId, result } = await response.json();
    return { jobId, ...findFaults.output.parse(result) };
  }
  const namesOf = (faults: DatasetFault[], kind: string) =>
    faults
      .filter((fault) => fault.kind === kind)
      .flatMap(({ places }) => places.map(({ clips }) => clips.map(({ filename }) => filename).sort()))
      .sort();

  it('finds nothing in a clean one', async () => {
    expect(await check('clean', clean)).toMatchObject({ dataset: 'clean', version: 1, clips: 24, isClean: true, faults: [] });
  }, 90_000);

  it('finds each clip that is unreadable, silent, clipped or off the zero line, and says so of its item too', async () => {
    const faulty: File[] = [
      { name: 'unreadable.flac', bytes: new TextEncoder().encode(`fLaC${'\0'.repeat(100)}`), label: 'low' },
      { name: 'silent.wav', bytes: changed(50, (x) => x * 1e-4), label: 'low' },
      { name: 'clipped.wav', bytes: changed(51, (x) => Math.max(-1, Math.min(1, 8 * x))), label: 'high' },
      { name: 'offset.wav', bytes: changed(52, (x) => x + 0.1), label: 'high' },
    ];
    const { faults, jobId } = await check('faulty', [...clean, ...faulty]);
    expect(faults.map(({ kind, count }) => [kind, count]).sort()).toEqual([
      ['clipped', 1],
      ['dc-offset', 1],
      ['silent', 1],
      ['unreadable', 1],
    ]);
    for (const [kind, name] of [
      ['unreadable', 'unreadable.flac'],
      ['silent', 'silent.wav'],
      ['clipped', 'clipped.wav'],
      ['dc-offset', 'offset.wav'],
    ] as const)
      expect(namesOf(faults, kind)).toEqual([[name]]);
    const { items } = await (await gateway.fetch(`/api/v1/jobs/${jobId}/items?limit=200`)).json();
    const itemOf = (name: string) => items.find(({ filename }: { filename: string }) => filename === name);
    expect(itemOf('silent.wav')).toMatchObject({ state: 'succeeded', result: { faults: ['silent'] } });
    expect(itemOf('unreadable.flac')).toMatchObject({ state: 'failed', error: { code: 'AUDIO_OUT_OF_RANGE' } });
  }, 90_000);

  it('finds copies: of the bytes, of the audio, and changed ones; with other labels, and across given folds', async () => {
    const list = Buffer.concat([wav(melody(2)), Buffer.from('LIST\x04\0\0\0INFO', 'latin1')]);
    const of = { group: 'somebody else', label: 'low', fold: 0 };
    const copies: File[] = [
      { ...of, name: 'bytes.wav', bytes: wav(melody(0)) },
      { ...of, name: 'audio.wav', bytes: Uint8Array.from(list) },
      { ...of, name: 'higher.wav', bytes: wav(shiftPitch(melody(4), 2)) },
      { ...of, name: 'lower.wav', bytes: wav(shiftPitch(melody(6), -2)) },
      { ...of, name: 'slower.wav', bytes: wav(stretchTime(melody(8), 0.9)) },
      { ...of, name: 'faster.wav', bytes: wav(stretchTime(melody(10), 1.1)) },
      { ...of, name: 'noisy.wav', bytes: wav(augment(melody(12), { noise: 0.005 }, 1)) },
      { ...of, name: 'conflict.wav', bytes: wav(melody(15)) },
      { ...of, name: 'changed-conflict.wav', bytes: wav(shiftPitch(melody(17), 1)) },
    ];
    const { faults } = await check('copies', [...clean, ...copies]);
    expect(namesOf(faults, 'duplicate')).toEqual([
      ['audio.wav', 'clean-2.wav'],
      ['bytes.wav', 'clean-0.wav'],
      ['clean-15.wav', 'conflict.wav'],
    ]);
    expect(namesOf(faults, 'near-duplicate')).toEqual([
      ['changed-conflict.wav', 'clean-17.wav'],
      ['clean-10.wav', 'faster.wav'],
      ['clean-12.wav', 'noisy.wav'],
      ['clean-4.wav', 'higher.wav'],
      ['clean-6.wav', 'lower.wav'],
      ['clean-8.wav', 'slower.wav'],
    ]);
    expect(namesOf(faults, 'label-conflict')).toEqual([
      ['changed-conflict.wav', 'clean-17.wav'],
      ['clean-15.wav', 'conflict.wav'],
    ]);
    // In fold 1 are the singers with odd numbers: 2, 6, 10, 15 and their likes.
    expect(namesOf(faults, 'copy-across-folds')).toEqual([
      ['audio.wav', 'clean-2.wav'],
      ['clean-10.wav', 'faster.wav'],
      ['clean-15.wav', 'conflict.wav'],
      ['clean-6.wav', 'lower.wav'],
    ]);
    expect(faults.map(({ kind }) => kind).sort()).toEqual(['copy-across-folds', 'duplicate', 'label-conflict', 'near-duplicate']);
  }, 90_000);

  it('finds labels that are missing, tiny or decided by one group, and groups on both sides', async () => {
    const more: File[] = [
      { name: 'rare.wav', bytes: wav(melody(60)), label: 'rare', group: 'singer 1', fold: 1 },
      ...Array.from({ length: 12 }, (_, i) => ({
        name: `one-${i}.wav`,
        bytes: wav(melody(70 + i)),
        label: 'of one',
        group: 'the one',
        fold: i % 2,
      })),
    ];
    const { faults } = await check('labels', [...clean, ...more]);
    expect(faults.map(({ kind, count }) => [kind, count]).sort()).toEqual([
      ['group-across-folds', 1],
      ['label-decided-by-group', 1],
      ['label-missing', 1],
      ['label-tiny', 1],
    ]);
    const what = (kind: string) => faults.find((fault) => fault.kind === kind)?.places[0]?.what;
    expect(what('label-missing')).toBe('fold 0 has no clip of rare');
    expect(what('label-tiny')).toBe('of rare there is 1 clip that can be used');
    expect(what('label-decided-by-group')).toContain('12 of 12 clips of of one are of the one');
    expect(what('group-across-folds')).toBe('the one is in the folds 0, 1');
  }, 90_000);

  it('is refused for a dataset that is not there or has no label', async () => {
    const ask = (name: string) => gateway.fetch(`/api/v1/datasets/${name}/check`, { method: 'POST' });
    expect(await problemOf(await ask('nowhere'))).toMatchObject({ code: 'DATASET_NOT_FOUND' });
    await fill('unlabelled', [{ name: 'a.wav', bytes: wav(melody(90)), label: '' }]);
    expect(await problemOf(await ask('unlabelled'))).toMatchObject({ code: 'DATASET_TOO_SMALL' });
  });
});
