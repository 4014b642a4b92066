import { description as descriptionSchema, itemsResult, jobResource } from '@earshot/contracts';
import { problemOf } from '../testing/problem-of.js';
import { tone } from '../testing/sounds.js';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { description, startTestWorker, type TestWorker } from '../testing/test-worker.js';

let gateway: TestGateway;
let worker: TestWorker | undefined;
beforeAll(async () => {
  gateway = await startTestGateway();
}, 60_000);
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});
afterAll(() => gateway.close());

const ask = (body: BodyInit, headers: Record<string, string> = {}) =>
  gateway.fetch('/api/v1/descriptions', { method: 'POST', body, headers });
const askJson = (body: unknown, headers: Record<string, string> = {}) =>
  ask(JSON.stringify(body), { 'content-type': 'application/json', ...headers });
const askLines = (body: string, headers: Record<string, string> = {}) => ask(body, { 'content-type': 'application/jsonl', ...headers });
const counts = async () => ({
  clips: await gateway.database.prisma.clip.count(),
  jobs: await gateway.database.prisma.job.count(),
  items: await listedItems(),
  tasks: await gateway.database.prisma.task.count(),
  keys: await gateway.database.prisma.idempotencyKey.count(),
});
/** Those of jobs that can be found; what is left of a refused request is swept. */
const listedItems = async () => {
  const text = 'select count(*)::int as n from item i where exists (select from job j where j.id = i.job_id)';
  const [row] = await gateway.database.run<{ n: number }>({ name: '', text }, []);
  return row?.n ?? Number.NaN;
};
const unknownId = '0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a';
let hz = 100;

async function clipIds(count: number): Promise<string[]> {
  const form = formOf(...Array.from({ length: count }, (_, i): [string, Uint8Array<ArrayBuffer>] => [`${i}.wav`, tone(hz++)]));
  const { items } = await (await gateway.fetch('/api/v1/clips', { method: 'POST', body: form })).json();
  return items.map(({ id }: { id: string }) => id);
}

async function finished(path: string) {
  for (;;) {
    const job = jobResource.parse(await (await gateway.fetch(path)).json());
    if (job.finishedAt !== null) return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('asking for descriptions', () => {
  it('of files answers 202 with the job, where it is, and when to ask', async () => {
    const response = await ask(formOf(['a.wav', tone(hz++)], ['b.wav', tone(hz++)]));
    expect(response.status).toBe(202);
    const job = jobResource.parse(await response.json());
    expect(job).toMatchObject({ kind: 'describe', state: 'queued', counts: { total: 2, pending: 2 } });
    expect(response.headers.get('location')).toBe(`/api/v1/jobs/${job.id}`);
    expect(response.headers.get('retry-after')).toBe('1');
    const shown = jobResource.parse(await (await gateway.fetch(job.links.self)).json());
    expect(shown).toEqual({ ...job, queuePosition: expect.any(Number) });
  });

  it('of one file answers 200 with its description when it is waited for', async () => {
    worker = startTestWorker(gateway.database);
    const response = await ask(formOf(['a.wav', tone(hz++)]), { prefer: 'wait=10' });
    expect(response.status).toBe(200);
    expect(response.headers.get('preference-applied')).toBe('wait=10');
    const result = itemsResult(descriptionSchema).parse(await response.json());
    expect(result).toMatchObject({ state: 'succeeded', counts: { total: 1, succeeded: 1 }, nextCursor: null });
    expect(result.items).toEqual([
      { index: 0, customId: null, clipId: expect.any(String), filename: 'a.wav', state: 'succeeded', result: description, error: null },
    ]);
    const location = response.headers.get('location');
    expect(await (await gateway.fetch(`${location}/result`)).json()).toEqual(result);
  });

  it('of many files answers the same to whoever waits and whoever asks later', async () => {
    worker = startTestWorker(gateway.database);
    const files = Array.from({ length: 60 }, (_, i): [string, Uint8Array<ArrayBuffer>] => [i === 7 ? 'bad.wav' : `${i}.wav`, tone(hz++)]);
    const response = await ask(formOf(...files), { prefer: 'wait=20' });
    const result = await response.json();
    expect(result).toMatchObject({ state: 'succeeded', counts: { total: 60, succeeded: 59, failed: 1 } });
    expect(result.items).toHaveLength(50);
    expect(result.items[7].error).toMatchObject({ code: 'AUDIO_UNREADABLE', status: 422 });
    const rest = await (await gateway.fetch(`/api/v1/jobs/${result.jobId}/items?cursor=${result.nextCursor}`)).json();
    expect(rest.items.map(({ index }: { index: number }) => index)).toEqual([50, 51, 52, 53, 54, 55, 56, 57, 58, 59]);
  }, 30_000);

  it('answers with the problem of a single item that failed', async () => {
    worker = startTestWorker(gateway.database);
    const response = await ask(formOf(['bad.wav', tone(hz++)]), { prefer: 'wait=10' });
    expect(response.headers.get('location')).toMatch(/^\/api\/v1\/jobs\//);
    expect(await problemOf(response)).toMatchObject({ code: 'AUDIO_UNREADABLE', status: 422, detail: 'the test worker refuses it' });
  });

  it('answers 202 when the wait is over before the job', async () => {
    const response = await ask(formOf(['a.wav', tone(hz++)]), { prefer: 'wait=1' });
    expect(response.status).toBe(202);
    expect(response.headers.get('preference-applied')).toBe('respond-async');
  });

  it('of stored clips keeps their order, custom ids and repetitions', async () => {
    worker = startTestWorker(gateway.database);
    const [a, b] = await clipIds(2);
    const response = await askJson({ clipIds: [b, a, b], customIds: ['x', 'y', 'z'], metadata: { project: 'p' } }, { prefer: 'wait=10' });
    const { items, jobId } = await response.json();
    expect(items.map(({ clipId, customId }: { clipId: string; customId: string }) => [clipId, customId])).toEqual([
      [b, 'x'],
      [a, 'y'],
      [b, 'z'],
    ]);
    expect((await (await gateway.fetch(`/api/v1/jobs/${jobId}`)).json()).metadata).toEqual({ project: 'p' });
  });

  it('of 20,000 lines makes one job of them', async () => {
    const [a] = await clipIds(1);
    const body = Array.from({ length: 20_000 }, (_, i) => `{"clipId":"${a}","customId":"n${i}"}\n`).join('');
    const response = await askLines(body);
    expect(response.status).toBe(202);
    const job = await response.json();
    expect(job.counts.total).toBe(20_000);
    const page = await (await gateway.fetch(`${job.links.items}?limit=1`)).json();
    expect(page.items[0]).toMatchObject({ index: 0, customId: 'n0', clipId: a });
    await gateway.fetch(job.links.cancel, { method: 'POST' });
  }, 30_000);
});

describe('what is wished of a job by query', () => {
  const askWith = (query: string) =>
    gateway.fetch(`/api/v1/descriptions?${query}`, { method: 'POST', body: formOf(['a.wav', tone(hz++)]) });

  it('is when it expires', async () => {
    const before = Date.now();
    const job = jobResource.parse(await (await askWith('expiresInSeconds=1')).json());
    const after = Date.now();
    expect(Date.parse(job.expiresAt ?? '') - Date.parse(job.createdAt)).toBe(1_000);
    const ended = await finished(job.links.self);
    expect(ended).toMatchObject({ state: 'expired', error: { code: 'JOB_EXPIRED' } });
    const expiresAt = Date.parse(ended.expiresAt ?? ''); // by the database's clock, at the moment in which it was written
    expect(expiresAt).toBeGreaterThanOrEqual(before + 1_000);
    expect(expiresAt).toBeLessThanOrEqual(after + 1_000);
  });

  it('is its priority', async () => {
    const job = await (await askWith('priority=low')).json();
    const task = await gateway.database.prisma.task.findFirst({ where: { jobId: job.id } });
    expect([9, 10]).toContain(task?.priority); // by what waits of the other tests
  });

  it.each(['priority=urgent', 'expiresInSeconds=0', 'expiresInSeconds=soon', 'spectrum=true'])('is refused as %s', async (query) =>
    expect((await problemOf(await askWith(query))).code).toBe('REQUEST_INVALID'),
  );
});

describe('a request for descriptions is refused, and nothing of it stays,', () => {
  const refused = async (send: () => Promise<Response>, code: string) => {
    const before = await counts();
    const problem = await problemOf(await send());
    expect(problem.code).toBe(code);
    expect(await counts()).toEqual(before);
    return problem;
  };
  const line = (clip: string) => `{"clipId":"${clip}"}\n`;

  it('when it is not JSON', () => refused(() => ask('{"clipIds": [', { 'content-type': 'application/json' }), 'BODY_MALFORMED'));
  it('when it is not UTF-8', () =>
    refused(() => ask(Uint8Array.of(0x22, 0xff, 0x22), { 'content-type': 'application/json' }), 'BODY_MALFORMED'));

  it.each([
    ['no clip ids', {}, '#/clipIds'],
    ['an empty list', { clipIds: [] }, '#/clipIds'],
    ['an id that is none', { clipIds: ['x'] }, '#/clipIds/0'],
    ['an unknown field', { clipIds: [unknownId], topK: 3 }, '#/topK'],
    ['too few custom ids', { clipIds: [unknownId, unknownId], customIds: ['a'] }, '#/customIds'],
    ['metadata that is no text', { clipIds: [unknownId], metadata: { n: 1 } }, '#/metadata/n'],
    ['NUL in its metadata', { clipIds: [unknownId], metadata: { n: 'a\0b' } }, '#/metadata/n'],
    ['half a character', { clipIds: [unknownId], customIds: ['\ud83d'] }, '#/customIds/0'],
    ['a list instead of an object', [], '#'],
  ])('when it has %s', async (_what, body, pointer) => {
    const problem = await refused(() => askJson(body), 'REQUEST_INVALID');
    expect(problem.errors?.map((fault) => fault.pointer)).toContain(pointer);
  });

  it('when it is nested without end', () =>
    refused(() => ask('['.repeat(200_000), { 'content-type': 'application/json' }), 'BODY_MALFORMED'));

  it('when its JSON is larger than the limit', () =>
    refused(() => ask(`"${'x'.repeat(2_000_000)}"`, { 'content-type': 'application/json' }), 'BODY_TOO_LARGE'));

  it('when it names a clip that is not there', async () => {
    const [a] = await clipIds(1);
    const problem = await refused(() => askJson({ clipIds: [a, unknownId] }), 'CLIP_NOT_FOUND');
    expect(problem.detail).toContain(unknownId);
  });

  it('when a line names a clip that is not there', async () => {
    const [a = ''] = await clipIds(1);
    await refused(() => askLines(line(a).repeat(6_000) + line(unknownId)), 'CLIP_NOT_FOUND');
  });

  it('when a line is not JSON', async () => {
    const [a = ''] = await clipIds(1);
    expect(await refused(() => askLines(`${line(a)}{oops\n`), 'BODY_MALFORMED')).toMatchObject({ line: 2 });
  });

  it('when a line has an unknown field', async () => {
    const [a = ''] = await clipIds(1);
    const problem = await refused(() => askLines(`${line(a)}{"clipId":"${a}","priority":0}`), 'REQUEST_INVALID');
    expect(problem.errors).toEqual([{ pointer: '#/2/priority', detail: 'is not a known field' }]);
  });

  it('when it holds no line', () => refused(() => askLines('\n\n'), 'REQUEST_INVALID'));
  it('when it is of another type', () => refused(() => ask('x', { 'content-type': 'text/csv' }), 'TYPE_UNSUPPORTED'));
  it('when its key cannot be used', () =>
    refused(() => ask(formOf(['a.wav', tone(hz++)]), { 'idempotency-key': 'x'.repeat(256) }), 'REQUEST_INVALID'));
});

describe('an Idempotency-Key', () => {
  it('answers the same request with the same answer, and makes nothing twice', async () => {
    const file = tone(hz++);
    const first = await ask(formOf(['a.wav', file]), { 'idempotency-key': 'once' });
    const before = await counts();
    const again = await ask(formOf(['a.wav', file]), { 'idempotency-key': 'once' });
    expect(again.status).toBe(202);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(await again.text()).toBe(await first.text());
    expect(await counts()).toEqual(before);
  });

  it('makes one job of twenty equal requests at the same time', async () => {
    const file = tone(hz++);
    const before = await counts();
    const responses = await Promise.all(
      Array.from({ length: 20 }, () => ask(formOf(['a.wav', file]), { 'idempotency-key': 'all at once' })),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(202));
    expect(responses.filter(({ headers }) => headers.has('idempotency-replayed'))).toHaveLength(19);
    expect(new Set(await Promise.all(responses.map((response) => response.text()))).size).toBe(1);
    const after = await counts();
    expect([after.jobs - before.jobs, after.clips - before.clips, after.keys - before.keys]).toEqual([1, 1, 1]);
  });

  it('makes one job of ten equal lists of lines at the same time', async () => {
    const [a] = await clipIds(1);
    const before = await counts();
    const body = `{"clipId":"${a}"}\n`.repeat(100);
    const responses = await Promise.all(Array.from({ length: 10 }, () => askLines(body, { 'idempotency-key': 'lines' })));
    expect(new Set(await Promise.all(responses.map((response) => response.text()))).size).toBe(1);
    expect((await counts()).jobs).toBe(before.jobs + 1);
    expect((await counts()).items).toBe(before.items + 100);
  });

  it('is known before a line is written, and then the lines are only compared', async () => {
    const [a] = await clipIds(1);
    const body = `{"clipId":"${a}"}\n`.repeat(6_000);
    const statements = async () =>
      (await (await gateway.fetch('/metrics')).text()).match(/statements_total\{name="(insert-items|begin-draft)"\} \d+/g);
    const first = await askLines(body, { 'idempotency-key': 'many lines' });
    const before = await statements();
    const again = await askLines(body, { 'idempotency-key': 'many lines' });
    expect(await again.text()).toBe(await first.text());
    expect((await problemOf(await askLines(`${body}{"clipId":"${a}"}\n`, { 'idempotency-key': 'many lines' }))).code).toBe(
      'IDEMPOTENCY_MISMATCH',
    );
    expect(before).toHaveLength(2);
    expect(await statements()).toEqual(before);
  });

  it('is refused for another request', async () => {
    await ask(formOf(['a.wav', tone(hz++)]), { 'idempotency-key': 'mine' });
    const before = await counts();
    const other = await ask(formOf(['a.wav', tone(hz++)]), { 'idempotency-key': 'mine' });
    expect((await problemOf(other)).code).toBe('IDEMPOTENCY_MISMATCH');
    expect(await counts()).toEqual(before);
  });

  it('takes JSON for the same whatever the order of its members', async () => {
    const [a] = await clipIds(1);
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'order' };
    const first = await ask(`{"clipIds":["${a}"],"metadata":{"x":"1","y":"2"}}`, headers);
    const again = await ask(`{ "metadata": {"y":"2","x":"1"}, "clipIds": ["${a}"] }`, headers);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
  });

  it('waits for the job of the first request when asked to', async () => {
    const file = tone(hz++);
    const first = await ask(formOf(['a.wav', file]), { 'idempotency-key': 'waits' });
    worker = startTestWorker(gateway.database);
    const again = await ask(formOf(['a.wav', file]), { 'idempotency-key': 'waits', prefer: 'wait=10' });
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await again.json()).jobId).toBe((await first.json()).id);
  });

  it('gives the same clips for the same upload', async () => {
    const send = () =>
      gateway.fetch('/api/v1/clips', { method: 'POST', body: formOf(['a.wav', tone(50)]), headers: { 'idempotency-key': 'clips' } });
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.text()).toBe(await first.text());
  });
});

describe('a clip that is worked on', () => {
  it('is kept, unless it is deleted by force: then its item fails', async () => {
    const response = await ask(formOf(['a.wav', tone(hz++)], ['b.wav', tone(hz++)]));
    const { links } = await response.json();
    const { items } = await (await gateway.fetch(links.items)).json();
    const clip = `/api/v1/clips/${items[0].clipId}`;
    const problem = await problemOf(await gateway.fetch(clip, { method: 'DELETE' }));
    expect(problem.code).toBe('CLIP_IN_USE');
    expect((await gateway.fetch(`${clip}?force=true`, { method: 'DELETE' })).status).toBe(204);
    worker = startTestWorker(gateway.database);
    const job = await finished(links.self);
    expect(job).toMatchObject({ state: 'succeeded', counts: { total: 2, succeeded: 1, failed: 1 } });
    const after = await (await gateway.fetch(links.items)).json();
    expect(after.items[0].error.code).toBe('CLIP_DELETED');
  });
});
