import { type ClipPrediction, clipPrediction, jobResource, predictJob } from '@earshot/contracts';
import { Workspaces } from '@earshot/database';
import { registerModel } from '../testing/old-clients.js';
import { problemOf } from '../testing/problem-of.js';
import { tone } from '../testing/sounds.js';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { startTestWorker, type TestWorker } from '../testing/test-worker.js';

const answered = predictJob.example.item;

let gateway: TestGateway;
let worker: TestWorker;
let clipId: string;
let isReadable = true;
beforeAll(async () => {
  gateway = await startTestGateway();
  const workspace = await new Workspaces(gateway.database).named('default');
  await registerModel(gateway, workspace, { classifier: 'pets', labels: ['cat', 'dog'] });
  worker = startTestWorker(gateway.database, ({ index }) =>
    isReadable ? { index, result: answered } : { index, error: { code: 'AUDIO_UNREADABLE', detail: 'the test worker refuses it' } },
  );
  const { items } = await (await gateway.fetch('/api/v1/clips', { method: 'POST', body: formOf(['a.wav', tone(300)]) })).json();
  clipId = items[0].id;
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await gateway.close();
});

const get = (query = '') => gateway.fetch(`/api/v1/clips/${clipId}/predictions${query}`);
const predictions = async () => clipPrediction.array().parse((await (await get()).json()).items);
const post = (path: string, body?: object) =>
  gateway.fetch(path, {
    method: 'POST',
    headers: { prefer: 'wait=20', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const predict = () => post('/api/v1/predictions/clips', { clipIds: [clipId], classifier: 'pets' });

describe('the predictions about a clip', () => {
  it('are none at first', async () => expect(await (await get()).json()).toEqual({ items: [], nextCursor: null }));

  it('are what each job came to, newest first, tries of others among them', async () => {
    await predict();
    isReadable = false;
    await predict();
    await post('/api/v1/descriptions/clips', { clipIds: [clipId] });
    const [failed] = await predictions();
    isReadable = true;
    await post(`/api/v1/jobs/${failed?.jobId}/retry`);

    const model = { classifier: 'pets', version: 1, id: expect.any(String), alias: 'production' };
    const { label, confidence, isUnknown, threshold } = answered;
    const result = { label, confidence, isUnknown, threshold };
    const of = (jobId: string | undefined, more: Partial<ClipPrediction>) => ({
      jobId,
      index: 0,
      createdAt: expect.any(String),
      finishedAt: expect.any(String),
      retryOf: null,
      model,
      windowSeconds: null,
      result: null,
      error: null,
      links: { job: `/api/v1/jobs/${jobId}` },
      ...more,
    });
    const [again, second, first, ...others] = await predictions();
    expect(others).toEqual([]);
    expect(again).toEqual(of(again?.jobId, { state: 'succeeded', result, retryOf: failed?.jobId ?? '' }));
    expect(second).toMatchObject(of(failed?.jobId, { state: 'failed', error: expect.objectContaining({ code: 'AUDIO_UNREADABLE' }) }));
    expect(first).toEqual(of(first?.jobId, { state: 'succeeded', result }));
    const job = jobResource.parse(await (await gateway.fetch(again?.links.job ?? '')).json());
    expect(again).toMatchObject({ createdAt: job.createdAt, finishedAt: job.finishedAt });
  });

  it('come by pages, each once, whose links and cursors agree', async () => {
    const all = await predictions();
    const seen: ClipPrediction[] = [];
    for (let path: string | null = `/api/v1/clips/${clipId}/predictions?limit=2`; path !== null; ) {
      const response: Response = await gateway.fetch(path);
      const page = await response.json();
      seen.push(...page.items);
      path = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1] ?? null;
      expect(path === null).toBe(page.nextCursor === null);
    }
    expect(all).toHaveLength(3);
    expect(seen).toEqual(all);
  });

  it('take no cursor of another list, nor of another clip', async () => {
    const { nextCursor } = await (await get('?limit=1')).json();
    const { items } = await (await gateway.fetch('/api/v1/clips', { method: 'POST', body: formOf(['b.wav', tone(301)]) })).json();
    for (const path of ['/api/v1/clips', `/api/v1/clips/${items[0].id}/predictions`])
      expect((await problemOf(await gateway.fetch(`${path}?cursor=${nextCursor}`))).code).toBe('CURSOR_INVALID');
    expect((await problemOf(await get('?cursor=nonsense'))).code).toBe('CURSOR_INVALID');
    expect((await problemOf(await get('?limit=0'))).code).toBe('REQUEST_INVALID');
  });

  it('are 404 of a clip that never was, and of one that was deleted', async () => {
    for (const id of ['0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a', 'nonsense'])
      expect((await problemOf(await gateway.fetch(`/api/v1/clips/${id}/predictions`))).code).toBe('CLIP_NOT_FOUND');
    await gateway.fetch(`/api/v1/clips/${clipId}`, { method: 'DELETE' });
    expect((await problemOf(await get())).code).toBe('CLIP_NOT_FOUND');
  });
});
