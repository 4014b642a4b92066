// Real extractor and indexer: a small library of two genres with some faults in it, its map, and what does not belong.
import { resample, wavFile } from '@earshot/audio';
import { libraryAnomalies, libraryMap, namedLibraryMap, newest } from '@earshot/contracts';
import { startExtractor, startIndexer } from '../testing/extractor-process.js';
import { melody, melodyRate } from '../testing/melodies.js';
import { problemOf } from '../testing/problem-of.js';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';

const sampleRate = 44_100;
const wav = (samples: Float32Array) => Uint8Array.from(wavFile([samples], { sampleRate }));
const tune = (seed: number) => resample(melody(seed), melodyRate, sampleRate);

/** A drum of noise that dies away, of a length and colour that the seed says. */
function hit(seed: number): Float32Array {
  let [state, smooth] = [seed * 7_919 + 1, 0];
  return Float32Array.from({ length: 16_000 }, (_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    smooth += (0.3 + 0.04 * (seed % 10)) * (state / 2 ** 31 - smooth);
    return 0.7 * smooth * Math.exp(-i / (1_600 + 160 * (seed % 7)));
  });
}

const each = 16;
const files: { name: string; label: string; bytes: Uint8Array<ArrayBuffer> }[] = [
  ...Array.from({ length: each }, (_, i) => ({ name: `tune-${i}.wav`, label: 'tunes', bytes: wav(tune(i)) })),
  ...Array.from({ length: each }, (_, i) => ({ name: `hit-${i}.wav`, label: 'hits', bytes: wav(hit(i)) })),
  { name: 'silent.wav', label: 'tunes', bytes: wav(tune(50).map((x) => x * 1e-4)) },
  { name: 'clipped.wav', label: 'tunes', bytes: wav(tune(51).map((x) => Math.max(-0.99, Math.min(0.99, 30 * x)))) },
  { name: 'stranger.wav', label: 'hits', bytes: wav(tune(52)) },
  { name: 'unreadable.flac', label: 'hits', bytes: new TextEncoder().encode(`fLaC${'\0'.repeat(100)}`) },
];

describe('looks at the library as a whole', () => {
  let gateway: TestGateway;
  const services: { stop(): Promise<void> }[] = [];
  beforeAll(async () => {
    gateway = await startTestGateway();
    services.push(await startExtractor(gateway), await startIndexer(gateway));
  }, 60_000);
  afterAll(async () => {
    for (const service of services) await service.stop();
    await gateway.close();
  });

  const ask = async (path: string, options: object = {}) =>
    gateway.fetch(`/api/v1/library/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'wait=60' },
      body: JSON.stringify(options),
    });
  const drawn = async (options: object) => libraryMap.parse((await (await ask('map', options)).json()).result);
  const found = async (options: object) => libraryAnomalies.parse((await (await ask('anomalies', options)).json()).result);

  it('are refused while the library is empty, and there is nothing to be read', async () => {
    for (const path of ['map', 'anomalies']) {
      expect(await problemOf(await gateway.fetch(`/api/v1/library/${path}`))).toMatchObject({ status: 404, code: 'NOT_COMPUTED' });
      expect(await problemOf(await ask(path))).toMatchObject({ code: 'DATASET_TOO_SMALL' });
    }
    expect((await problemOf(await ask('map', { embedder: 'nobody@1' }))).code).toBe('EMBEDDER_NOT_FOUND');
    expect((await problemOf(await ask('map', { neighbours: 1 }))).code).toBe('REQUEST_INVALID');
  });

  describe('of two genres', () => {
    beforeAll(async () => {
      const json = { 'content-type': 'application/json' };
      await gateway.fetch('/api/v1/datasets', { method: 'POST', headers: json, body: JSON.stringify({ name: 'library' }) });
      const form = formOf(...files.map(({ name, bytes }): [string, Uint8Array<ArrayBuffer>] => [name, bytes]));
      form.append('labels', JSON.stringify(files.map(({ label }) => label)));
      expect((await gateway.fetch('/api/v1/datasets/library/clips', { method: 'POST', body: form })).status).toBe(200);
    }, 60_000);

    it.each(['sound-97@1', 'electro-45@1'])(
      'draw a map by %s on which neighbours are of one genre',
      async (embedder) => {
        const map = await drawn({ embedder });
        expect(map).toMatchObject({
          samples: files.length,
          withoutVector: 1,
          considered: files.length - 1,
          embedder,
          neighbours: 15,
          seed: 42,
        });
        const distance = (a: (typeof map.points)[0], b: (typeof map.points)[0]) => Math.hypot(a.x - b.x, a.y - b.y);
        const agreeing = map.points.filter((point) => {
          const [nearest] = map.points.filter((other) => other !== point).toSorted((a, b) => distance(point, a) - distance(point, b));
          return nearest?.genre === point.genre;
        });
        expect(agreeing.length / map.points.length).toBeGreaterThan(0.8);
        expect(map.points.every(({ x, y }) => Math.abs(x) <= 1 && Math.abs(y) <= 1)).toBe(true);
      },
      90_000,
    );

    it('draw the same map for the same seed, and answer the newest one', async () => {
      const [map, again] = [await drawn({ seed: 7 }), await drawn({ seed: 7 })];
      expect(again).toEqual(map);
      const read = newest(namedLibraryMap).parse(await (await gateway.fetch('/api/v1/library/map')).json());
      expect(read).toMatchObject(map);
      expect(read.points.map(({ filename }) => filename).toSorted()).toEqual(
        files
          .map(({ name }) => name)
          .filter((name) => name !== 'unreadable.flac')
          .toSorted(),
      );
      const older = newest(libraryMap).parse(await (await gateway.fetch('/api/v1/library/map?embedder=electro-45@1')).json());
      expect([read.embedder, older.embedder]).toEqual(['sound-97@1', 'electro-45@1']);
      expect((await problemOf(await gateway.fetch('/api/v1/library/map?embedder=other@1'))).code).toBe('NOT_COMPUTED');
    }, 90_000);

    it('rank what is broken first and a stranger in its genre, and say why', async () => {
      const { anomalies, byGenre, withoutVector } = await found({});
      expect(withoutVector).toBe(1);
      const of = (name: string) => anomalies.find(({ filename }) => filename === name);
      expect(anomalies).toHaveLength(files.length - 1);
      expect(of('silent.wav')).toMatchObject({
        faults: ['silent'],
        isAnomalous: true,
        features: [{ feature: 'peak_level' }, {}, {}, {}, {}],
      });
      expect(of('clipped.wav')).toMatchObject({
        faults: ['clipped'],
        isAnomalous: true,
        features: [{ feature: 'clipping' }, {}, {}, {}, {}],
      });
      expect(of('stranger.wav')).toMatchObject({ faults: [], isAnomalous: true, rankInGenre: 1, among: 'genre' });
      expect(byGenre.map(({ genre, samples }) => [genre, samples]).toSorted()).toEqual([
        ['hits', each + 1],
        ['tunes', each + 2],
      ]);
      expect(byGenre.reduce((sum, { anomalies: count }) => sum + count, 0)).toBe(Math.round(0.1 * (files.length - 1)));

      const ofHits = newest(libraryAnomalies).parse(await (await gateway.fetch('/api/v1/library/anomalies?genre=hits&limit=1')).json());
      expect(ofHits.anomalies.map(({ filename }) => filename)).toEqual(['stranger.wav']);
    }, 90_000);

    it('rank by an isolation forest on the features of the old system, if that is asked for', async () => {
      const { profile, anomalies } = await found({ method: 'isolation-forest', contamination: 0.2 });
      expect(profile).toBe('electro-45@1');
      expect(anomalies.filter(({ isAnomalous }) => isAnomalous)).toHaveLength(Math.round(0.2 * anomalies.length));
      expect(anomalies.map(({ score }) => score)).toEqual(anomalies.map(({ score }) => score).toSorted((a, b) => b - a));
      expect(anomalies.every(({ faults }) => faults.length === 0)).toBe(true);
      const methods = await Promise.all(
        ['', '?method=neighbours'].map(async (query) => (await (await gateway.fetch(`/api/v1/library/anomalies${query}`)).json()).method),
      );
      expect(methods).toEqual(['isolation-forest', 'neighbours']);
    }, 90_000);

    it('tell nothing of what has been taken out of the library since', async () => {
      const { anomalies } = await found({});
      const first = anomalies[0]?.clipId;
      const body = JSON.stringify({ clipIds: [first] });
      const headers = { 'content-type': 'application/json' };
      await gateway.fetch('/api/v1/datasets/library/clips', { method: 'DELETE', headers, body });
      const [left, map] = await Promise.all(
        ['anomalies', 'map'].map(async (path) => (await gateway.fetch(`/api/v1/library/${path}`)).json()),
      );
      expect(left.anomalies.map(({ clipId }: { clipId: string }) => clipId)).toEqual(anomalies.slice(1).map(({ clipId }) => clipId));
      expect(map.points.map(({ clipId }: { clipId: string }) => clipId)).not.toContain(first);
    }, 90_000);
  });
});
