// The library's indexes through real services: made from sounds, searched, followed, and lost and found again.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { wavFile } from '@earshot/audio';
import { oldSampleSearch, similarSamples } from '@earshot/contracts';
import { z } from 'zod';
import { LibraryStack } from '../library/library-stack.js';

const sampleRate = 22_050;

/** A tone that dies away: near to those of a near pitch. */
function tone(frequencyHz: number, seconds = 0.6): Uint8Array<ArrayBuffer> {
  const samples = Float32Array.from(
    { length: seconds * sampleRate },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * frequencyHz * i) / sampleRate) * Math.exp((-4 * i) / sampleRate),
  );
  return Uint8Array.from(wavFile([samples], { sampleRate }));
}

const pitches = Array.from({ length: 24 }, (_, i) => Math.round(110 * 2 ** (i / 6)));
const electro = 'electro-45@1';
const added = z.object({ items: z.array(z.object({ clipId: z.string() })) });
const computed = z.object({
  items: z.array(z.object({ result: z.object({ vectors: z.array(z.object({ values: z.array(z.number()) })) }) })),
});
const search = z.object({ items: z.array(z.object({ result: similarSamples })) });

let stack: LibraryStack;
let ids: string[];

beforeAll(async () => {
  stack = await LibraryStack.start();
  ids = await stack.plantSounds(
    pitches.map((pitch, i) => ({ name: `tone-${pitch}.wav`, genre: i % 3 === 0 ? 'techno' : 'house', bytes: tone(pitch) })),
  );
}, 120_000);
afterAll(() => stack.close(), 60_000);

async function upload(bytes: Uint8Array<ArrayBuffer>, query = ''): Promise<z.output<typeof similarSamples>> {
  const form = new FormData();
  form.append('file', new Blob([bytes]), 'query.wav');
  const answer = await stack.ask(`/api/v1/library/search?${query}`, { method: 'POST', headers: { Prefer: 'wait=20' }, body: form });
  return search.parse(answer).items[0]!.result;
}

const cli = fileURLToPath(new URL('../../../apps/cli/dist/main.js', import.meta.url));
const earshot = (...args: string[]) =>
  promisify(execFile)(process.execPath, [cli, ...args], { env: { PATH: process.env['PATH'], EARSHOT_URL: stack.gateway.url } });

async function until(condition: () => Promise<boolean>, limitMs = 20_000): Promise<void> {
  for (const endMs = Date.now() + limitMs; !(await condition()); await sleep(50)) if (Date.now() > endMs) throw new Error('not in time');
}

describe('the search for samples', () => {
  it('says that there is no index before there is one', async () => {
    await expect(stack.similar(ids[0]!)).rejects.toThrow(/503 .*INDEX_UNAVAILABLE.*index-rebuilds/);
  });

  it.each(['sound-97@1', electro])(
    'finds what sounds alike once an index of %s is made from the sounds themselves',
    async (embedder) => {
      const built = await stack.rebuilt(await stack.rebuild(embedder));
      expect(built).toMatchObject({ embedder, samples: 24, withoutVector: 0, tried: 24, recall: 1 });
      const query = `embedder=${embedder}&n=5`;
      for (const id of [ids[3]!, ids[12]!, ids[20]!]) {
        const { results, ...head } = await stack.similar(id, query);
        expect(head).toEqual({ embedder, indexVersion: built.indexVersion, metric: 'cosine', copies: [] });
        expect(results).toHaveLength(5);
        expect(results[0]).toMatchObject({ clipId: id, similarity: expect.closeTo(1, 4) });
        const distances = results.map(({ distance }) => distance);
        if (embedder === electro) expect(distances).toEqual(distances.toSorted((a, b) => a - b));
      }
      const uploaded = await upload(tone(pitches[7]!), query);
      expect(uploaded.results[0]).toMatchObject({ clipId: ids[7], filename: `tone-${pitches[7]}.wav`, genre: 'house' });
    },
    120_000,
  );

  it('tells only what a filter leaves, and copies apart where that is asked for', async () => {
    const { results } = await stack.similar(ids[4]!, 'genre=techno&n=20');
    expect(new Set(results.map(({ clipId }) => clipId))).toEqual(new Set(ids.filter((_, i) => i % 3 === 0)));
    const folded = await stack.similar(ids[4]!, 'foldCopies=true&n=3');
    expect(folded.copies.map(({ clipId }) => clipId)).toContain(ids[4]);
    expect(folded.results.every(({ similarity }) => similarity <= 0.98)).toBe(true);
  });

  it('answers clients of the old sample search as they are used to', async () => {
    const form = new FormData();
    form.append('file', new Blob([tone(pitches[7]!)]), 'mine.wav');
    const ask = (query: string, body = form) => fetch(`${stack.gateway.url}/search?${query}`, { method: 'POST', body });
    const answer = await ask('n_results=3');
    expect(answer.status).toBe(200);
    const told = oldSampleSearch.strict().parse(await answer.json());
    expect(told).toMatchObject({
      query: 'mine.wav',
      n_results: 3,
      metric: 'cosine',
      index_version: expect.any(Number),
      embedder: 'sound-97@1',
    });
    expect(told.results).toHaveLength(3);
    expect(told.results[0]).toMatchObject({ id: ids[7], filename: `tone-${pitches[7]}.wav`, genre: 'house', metadata: { tags: [] } });
    expect(oldSampleSearch.parse(await (await ask('')).json()).results).toHaveLength(5);
    expect(oldSampleSearch.parse(await (await ask(`embedder=${electro}`)).json())).toMatchObject({ embedder: electro });
    const noise = new FormData();
    noise.append('file', new Blob(['no sound at all']), 'text.wav');
    for (const [query, body, status] of [
      ['n_results=0', form, 400],
      ['embedder=nobody', form, 404],
      ['', noise, 400],
      ['', new FormData(), 400],
    ] as const) {
      const refused = await ask(query, body);
      expect([refused.status, await refused.json()]).toEqual([status, expect.objectContaining({ code: expect.any(String) })]);
    }
  }, 60_000);

  it('is tried by a command, with a file and with samples of the library', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'earshot-search-'));
    const file = join(folder, 'mine.wav');
    await writeFile(file, tone(pitches[5]!));
    const { stdout: ofFile } = await earshot('test-search', file, '--n-results', '2');
    expect(ofFile.split('\n').slice(0, 2)).toEqual([
      'mine.wav',
      expect.stringMatching(new RegExp(`^ {3}1 {2}1\\.000 .*tone-${pitches[5]}`)),
    ]);
    const { stdout: ofSamples } = await earshot('test-search', '--samples', '3', '--json');
    expect(JSON.parse(ofSamples)).toMatchObject({ samples: 3, foundThemselvesFirst: 3, sameGenre: expect.any(Number) });
    await expect(earshot('test-search', '--embedder', 'nobody')).rejects.toMatchObject({
      stderr: expect.stringContaining('EMBEDDER_NOT_FOUND'),
    });
    await rm(folder, { recursive: true });
  }, 60_000);

  it('takes a vector, and says what is wrong with one', async () => {
    const answer = await stack.ask('/api/v1/features/clips?profiles=electro-45@1', {
      method: 'POST',
      headers: { Prefer: 'wait=20', 'content-type': 'application/json' },
      body: JSON.stringify({ clipIds: [ids[9]] }),
    });
    const vector = computed.parse(answer).items[0]?.result.vectors[0]?.values;
    const found = similarSamples.parse(await stack.post('/api/v1/library/search/vector', { vector, embedder: electro }));
    expect(found.results[0]).toMatchObject({ clipId: ids[9] });
    await expect(stack.post('/api/v1/library/search/vector', { vector: [1, 2], embedder: electro })).rejects.toThrow(/400 .*45/);
    await expect(stack.post('/api/v1/library/search/vector', { vector, embedder: 'nobody' })).rejects.toThrow(/404 .*EMBEDDER_NOT_FOUND/);
  }, 60_000);

  it('finds what is added within moments, by the vectors that its upload asks for', async () => {
    const form = new FormData();
    form.append('genre', 'techno');
    form.append('file', new Blob([tone(1_234)]), 'new.wav');
    const answer = await stack.ask('/api/v1/library/clips', { method: 'POST', headers: { Prefer: 'wait=20' }, body: form });
    const clipId = added.parse(answer).items[0]!.clipId;
    for (const embedder of ['sound-97@1', electro])
      await until(async () => (await stack.similar(clipId, `embedder=${embedder}`).catch(() => null))?.results[0]?.clipId === clipId);
    expect((await fetch(`${stack.gateway.url}/api/v1/library/clips/${clipId}`, { method: 'DELETE' })).status).toBe(204);
    await expect(stack.similar(clipId)).rejects.toThrow(/404 .*SAMPLE_NOT_FOUND/);
    const near = await stack.similar(ids[4]!, 'n=50');
    expect(near.results.map(({ filename }) => filename)).not.toContain('new.wav');
  }, 60_000);

  it('never finds what was deleted while the index was being made anew', async () => {
    const [gone, stays] = [ids[10]!, ids[11]!];
    const id = await stack.rebuild(electro);
    expect((await fetch(`${stack.gateway.url}/api/v1/clips/${gone}?force=true`, { method: 'DELETE' })).status).toBe(204);
    const built = await stack.rebuilt(id);
    const { results, indexVersion } = await stack.similar(stays, `embedder=${electro}&n=30`);
    expect(indexVersion).toBe(built.indexVersion);
    expect(results).toHaveLength(23);
    expect(results.map(({ clipId }) => clipId)).not.toContain(gone);
    await until(async () => (await stack.indexes()).filter(({ embedder }) => embedder === electro).length === 1, 60_000);
    const [index] = (await stack.indexes()).filter(({ embedder }) => embedder === electro);
    expect(index).toMatchObject({ state: 'live', number: built.indexVersion, wanted: 23, applied: 23, due: 0, inChroma: 23 });
  }, 120_000);

  it('answers 503 while Chroma is away, when all else works, and as before when what it had was erased', async () => {
    const answer = () => stack.similar(ids[2]!, 'n=10');
    const before = await answer();
    await stack.chroma.kill();
    await expect(answer()).rejects.toThrow(/503 .*INDEX_UNAVAILABLE/);
    await expect(upload(tone(440))).rejects.toThrow(/503 .*INDEX_UNAVAILABLE/);
    await expect(stack.ask('/api/v1/jobs')).resolves.toBeDefined();
    await stack.chroma.restart({ erased: true });
    await until(async () => (await answer().catch(() => null)) !== null);
    expect(await answer()).toEqual(before);
  }, 60_000);
});
