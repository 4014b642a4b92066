// The library over HTTP, answered by a real extractor; and what the old sample system's clients ask of it.
import { features, itemsResult, libraryStats, oldSampleStats, type SampleResource } from '@earshot/contracts';
import { type Workspace, Workspaces } from '@earshot/database';
import { startExtractor } from '../testing/extractor-process.js';
import { problemOf } from '../testing/problem-of.js';
import { tone } from '../testing/sounds.js';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';

describe('the library over HTTP', () => {
  let gateway: TestGateway;
  let extractor: { stop(): Promise<void> };
  let workspace: Workspace;
  beforeAll(async () => {
    gateway = await startTestGateway();
    extractor = await startExtractor(gateway);
    workspace = await new Workspaces(gateway.database).named('default');
  }, 60_000);
  afterAll(async () => {
    await extractor.stop();
    await gateway.close();
  });
  afterEach(async () => {
    if ((await workspace.datasets.find('library')) !== null) await workspace.datasets.delete('library', { force: true });
  });

  let hz = 200;
  const files = (...names: string[]) => names.map((name): [string, Uint8Array<ArrayBuffer>] => [name, tone(hz++)]);
  const post = (body: FormData, headers: Record<string, string> = {}) =>
    gateway.fetch('/api/v1/library/clips', { method: 'POST', body, headers });
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    gateway.fetch(`/api/v1/library${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const list = async (query = ''): Promise<SampleResource[]> => (await (await ask('GET', `/clips${query}`)).json()).items;
  function upload(sent: [string, Uint8Array<ArrayBuffer>][], fields: Record<string, string>, headers: Record<string, string> = {}) {
    const form = formOf(...sent);
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return post(form, headers);
  }
  const wait = { prefer: 'wait=20' };

  it('takes files with what is said of all and of each, and answers with the job of their vectors', async () => {
    const fields = {
      tags: 'loop,dark,loop',
      licence: 'CC0-1.0',
      metadata: '{"bpm":128}',
      samples: '[{"genre":"techno"},{"genre":"house","licence":null,"author":"me"}]',
    };
    const response = await upload(files('a.wav', 'b.wav'), fields, wait);
    expect(response.status).toBe(200);
    const { items = [] } = itemsResult(features).parse(await response.json());
    expect(items.map(({ result }) => result?.vectors.map(({ profile, columns }) => [profile, columns?.length]))).toEqual([
      [
        ['sound-97@1', 97],
        ['electro-45@1', 45],
      ],
      [
        ['sound-97@1', 97],
        ['electro-45@1', 45],
      ],
    ]);
    const [a, b] = await list();
    expect(a).toMatchObject({ filename: 'a.wav', genre: 'techno', tags: ['loop', 'dark'], licence: 'CC0-1.0', metadata: { bpm: 128 } });
    expect(b).toMatchObject({ filename: 'b.wav', genre: 'house', tags: ['loop', 'dark'], licence: null, author: 'me' });
    expect(a!.durationSeconds).toBeGreaterThan(0);
    expect(items.map(({ clipId }) => clipId)).toEqual([a!.clipId, b!.clipId]);
    expect(await (await gateway.fetch('/api/v1/datasets/library')).json()).toMatchObject({ counts: { labels: { techno: 1, house: 1 } } });
  });

  it('has a sample once, however often its bytes are sent, with what was said last', async () => {
    const [file] = files('a.wav');
    const twice: [string, Uint8Array<ArrayBuffer>][] = [file!, ['same bytes.wav', file![1]]];
    const first = await upload(twice, { genre: 'techno', tags: 'x' });
    expect(first.status).toBe(202);
    const again = await upload([['other name.wav', file![1]]], { genre: 'house' }, wait);
    const samples = await list();
    expect(samples).toMatchObject([{ filename: 'a.wav', genre: 'house', tags: ['x'] }]);
    expect((await again.json()).items).toMatchObject([{ clipId: samples[0]!.clipId, filename: 'a.wav' }]);
    expect(await list(`?sha256=${samples[0]!.sha256}`)).toHaveLength(1);
  });

  it('answers the same request under the same key with the same job, and another one not at all', async () => {
    const sent = files('a.wav');
    const key = { 'idempotency-key': 'library upload' };
    const [one, other] = await Promise.all([upload(sent, { genre: 'techno' }, key), upload(sent, { genre: 'techno' }, key)]);
    expect((await one.json()).id).toBe((await other.json()).id);
    expect(await problemOf(await upload(sent, { genre: 'house' }, key))).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
    expect(await list()).toMatchObject([{ genre: 'techno' }]);
  });

  it('takes stored clips in JSON and as lines; the same again changes nothing', async () => {
    const { items } = await (await gateway.fetch('/api/v1/clips', { method: 'POST', body: formOf(...files('a.wav', 'b.wav')) })).json();
    const samples = items.map(({ id }: { id: string }, i: number) => ({ clipId: id, genre: ['techno', 'dub'][i], source: 'pack' }));
    expect((await ask('POST', '/clips', { samples: samples.slice(0, 1) })).status).toBe(202);
    const lines = samples.map((line: object) => JSON.stringify(line)).join('\n');
    const sendLines = () =>
      gateway.fetch('/api/v1/library/clips', { method: 'POST', body: lines, headers: { 'content-type': 'application/jsonl', ...wait } });
    const ended = await (await sendLines()).json();
    expect(ended).toMatchObject({ state: 'succeeded', counts: { total: 2, succeeded: 2 } });
    const before = await list();
    expect(before).toMatchObject([
      { genre: 'techno', source: 'pack' },
      { genre: 'dub', source: 'pack' },
    ]);
    await sendLines();
    expect(await list()).toEqual(before);
  });

  it('refuses what it cannot take, and says where it stopped', async () => {
    const refused = async (fields: Record<string, string>) => problemOf(await upload(files('a.wav'), fields));
    expect(await refused({ samples: '[{},{}]' })).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ pointer: '#/samples' }] });
    expect(await refused({ url: 'javascript:alert(1)' })).toMatchObject({ errors: [{ pointer: '#/url' }] });
    expect(await refused({ metadata: '{"a":"\\u0000"}' })).toMatchObject({ errors: [{ pointer: '#/metadata/a' }] });
    expect(await refused({ metadata: 'no JSON' })).toMatchObject({ errors: [{ pointer: '#/metadata' }] });
    expect(await refused({ colour: 'red' })).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await problemOf(await ask('GET', '/clips?text=%00'))).toMatchObject({
      code: 'REQUEST_INVALID',
      errors: [{ pointer: '#/text' }],
    });
    expect(await problemOf(await ask('POST', '/search/vector', { vector: [1], genre: '\0' }))).toMatchObject({
      code: 'REQUEST_INVALID',
      errors: [{ pointer: '#/genre' }],
    });
    expect(await list()).toEqual([]);
    const unknown = { clipId: '0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a', genre: 'techno' };
    expect(await problemOf(await ask('POST', '/clips', { samples: [unknown] }))).toMatchObject({ code: 'CLIP_NOT_FOUND' });
    const { items } = await (await gateway.fetch('/api/v1/clips', { method: 'POST', body: formOf(...files('a.wav')) })).json();
    const many = Array.from({ length: 1_000 }, () => JSON.stringify({ clipId: items[0].id, genre: 'dub' }));
    const lines = [...many, JSON.stringify(unknown)].join('\n');
    const stopped = await gateway.fetch('/api/v1/library/clips', {
      method: 'POST',
      body: lines,
      headers: { 'content-type': 'application/jsonl' },
    });
    expect(await problemOf(stopped)).toMatchObject({ code: 'CLIP_NOT_FOUND', applied: 1_000 });
    expect(await list()).toMatchObject([{ genre: 'dub' }]);
  });

  it('shows, changes and removes a sample, under If-Match where it is told', async () => {
    await upload(files('a.wav'), { genre: 'techno', author: 'me' }, wait);
    const [{ clipId }] = (await list()) as [SampleResource];
    const shown = await ask('GET', `/clips/${clipId}`);
    const etag = shown.headers.get('etag') ?? '';
    expect((await ask('GET', `/clips/${clipId}`, undefined, { 'if-none-match': etag })).status).toBe(304);
    const changed = await ask('PATCH', `/clips/${clipId}`, { genre: 'house', tags: ['b'], author: null }, { 'if-match': etag });
    expect(await changed.json()).toMatchObject({ genre: 'house', tags: ['b'], author: null });
    expect((await ask('PATCH', `/clips/${clipId}`, { genre: 'x' }, { 'if-match': etag })).status).toBe(412);
    expect((await ask('DELETE', `/clips/${clipId}`, undefined, { 'if-match': etag })).status).toBe(412);
    expect(await problemOf(await ask('PATCH', `/clips/${clipId}`, { gender: 'x' }))).toMatchObject({ code: 'REQUEST_INVALID' });
    expect((await ask('DELETE', `/clips/${clipId}`)).status).toBe(204);
    expect(await problemOf(await ask('GET', `/clips/${clipId}`))).toMatchObject({ code: 'SAMPLE_NOT_FOUND' });
    expect((await gateway.fetch(`/api/v1/clips/${clipId}`)).status).toBe(200);
  });

  it('lists by what is said, page by page', async () => {
    const fields = { tags: 'loop', samples: '[{"genre":"techno"},{"genre":"techno","tags":["loop","dark"]},{"genre":"house"}]' };
    await upload(files('kick 1.wav', 'Kick 2.wav', 'snare.wav'), fields, wait);
    const names = async (query: string) => (await list(query)).map(({ filename }) => filename);
    expect(await names('?genre=techno')).toEqual(['kick 1.wav', 'Kick 2.wav']);
    expect(await names('?tags=loop,dark')).toEqual(['Kick 2.wav']);
    expect(await names('?tags=loop%2C%20dark')).toEqual(['Kick 2.wav']);
    const [{ clipId } = { clipId: '' }] = await list('?tags=dark');
    await ask('PATCH', `/clips/${clipId}`, { tags: ['loop, dark'] });
    expect(await names(`?tags=${encodeURIComponent('["loop, dark"]')}`)).toEqual(['Kick 2.wav']);
    expect(await names('?tags=loop,dark')).toEqual([]);
    await ask('PATCH', `/clips/${clipId}`, { tags: ['loop', 'dark'] });
    expect(await names('?text=kick&maxSeconds=60')).toEqual(['kick 1.wav', 'Kick 2.wav']);
    expect(await names('?minSeconds=60')).toEqual([]);
    const page = await (await ask('GET', '/clips?limit=2')).json();
    expect((await (await ask('GET', `/clips?limit=2&cursor=${page.nextCursor}`)).json()).items).toMatchObject([{ filename: 'snare.wav' }]);
    expect(await problemOf(await ask('GET', `/clips?genre=x&cursor=${page.nextCursor}`))).toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('counts its samples, and answers the old sample system’s clients', async () => {
    expect(oldSampleStats.parse(await (await gateway.fetch('/stats')).json())).toEqual({
      total_samples: 0,
      genres: {},
      embedding_dimension: 45,
      indexes: [],
    });
    await upload(files('a.wav', 'b.wav', 'c.wav'), { samples: '[{"genre":"techno"},{"genre":"techno"},{}]', licence: 'CC0' }, wait);
    const { id } = await workspace.indexes.create({
      id: '0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a',
      embedder: 'electro-45@1',
      metric: 'cosine',
      jobId: null,
    });
    const stats = libraryStats.parse(await (await ask('GET', '/stats')).json());
    expect(stats).toMatchObject({
      samples: 3,
      genres: [
        { genre: 'techno', samples: 2 },
        { genre: null, samples: 1 },
      ],
      licences: [{ licence: 'CC0', samples: 3 }],
      durations: { samples: 3 },
      indexes: [{ embedder: 'electro-45@1', dimensions: 45, indexVersion: 1, state: 'building', samples: 0, due: 3 }],
    });
    const alias = 'insert into alias (workspace_id, scope, name, target, version) values ($1, $2, $3, $4, 1)';
    await gateway.database.run({ name: '', text: alias }, [workspace.id, 'index:electro-45@1', 'live', id]);
    const old = oldSampleStats.parse(await (await gateway.fetch('/stats')).json());
    expect(old).toEqual({
      total_samples: 3,
      genres: { techno: 2 },
      embedding_dimension: 45,
      indexes: [{ embedder: 'electro-45@1', embedding_dimension: 45, metric: 'cosine', index_version: 1, samples: 0 }],
    });
    const index = await (await gateway.fetch('/', { headers: { accept: '*/*' } })).json();
    expect(index).toMatchObject({ name: 'Earshot', endpoints: { stats: '/stats', search: '/search' }, message: expect.any(String) });
  });
});
