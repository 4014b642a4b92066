import { type JobResource, jobResource } from '@earshot/contracts';
import { problemOf } from '../testing/problem-of.js';
import { tone } from '../testing/sounds.js';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { startTestWorker, type TestWorker } from '../testing/test-worker.js';

let gateway: TestGateway;
let worker: TestWorker | undefined;
let clipIds: string[];
beforeAll(async () => {
  gateway = await startTestGateway();
  const names = ['good.wav', 'bad.wav', '=cmd.wav'];
  const form = formOf(...names.map((name, i): [string, Uint8Array<ArrayBuffer>] => [name, tone(300 + i)]));
  const { items } = await (await gateway.fetch('/api/v1/clips', { method: 'POST', body: form })).json();
  clipIds = items.map(({ id }: { id: string }) => id);
}, 60_000);
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});
afterAll(() => gateway.close());

const work = () => {
  worker = startTestWorker(gateway.database);
};
const get = async (path: string, headers: Record<string, string> = {}) => (await gateway.fetch(path, { headers })).json();
const post = (path: string, headers: Record<string, string> = {}) => gateway.fetch(path, { method: 'POST', headers });

async function newJob(body: object): Promise<JobResource> {
  const response = await gateway.fetch('/api/v1/descriptions', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  return jobResource.parse(await response.json());
}

async function endedJob(body: object): Promise<JobResource> {
  const { links } = await newJob(body);
  if (worker === undefined) work();
  return ended(links.self);
}

async function ended(path: string): Promise<JobResource> {
  for (;;) {
    const job = jobResource.parse(await get(path));
    if (job.finishedAt !== null) return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a job', () => {
  it('that nobody knows is 404 everywhere', async () => {
    for (const id of ['0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a', 'nonsense']) {
      for (const path of ['', '/items', '/result', '/events'])
        expect((await problemOf(await gateway.fetch(`/api/v1/jobs/${id}${path}`))).code).toBe('JOB_NOT_FOUND');
      for (const path of ['/cancel', '/retry'])
        expect((await problemOf(await post(`/api/v1/jobs/${id}${path}`))).code).toBe('JOB_NOT_FOUND');
    }
  });

  it('is 304 while it has not changed', async () => {
    const { links } = await newJob({ clipIds });
    const etag = (await gateway.fetch(links.self)).headers.get('etag') ?? '';
    expect((await gateway.fetch(links.self, { headers: { 'if-none-match': etag } })).status).toBe(304);
    await post(links.cancel);
    expect((await gateway.fetch(links.self, { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  it('has no result while it runs, and then it has', async () => {
    const { links } = await newJob({ clipIds });
    const early = await gateway.fetch(links.result);
    expect(early.headers.get('retry-after')).toBe('1');
    expect((await problemOf(early)).code).toBe('JOB_NOT_FINISHED');
    work();
    await ended(links.self);
    expect(await get(links.result)).toMatchObject({ state: 'succeeded', counts: { total: 3, succeeded: 2, failed: 1 } });
  });

  it('whose items all failed has their problem for a result', async () => {
    const alone = await endedJob({ clipIds: [clipIds[1]] });
    expect(alone).toMatchObject({ state: 'failed', error: { code: 'AUDIO_UNREADABLE' } });
    expect((await problemOf(await gateway.fetch(alone.links.result))).code).toBe('AUDIO_UNREADABLE');
    const all = await endedJob({ clipIds: [clipIds[1], clipIds[1]] });
    expect((await problemOf(await gateway.fetch(all.links.result))).code).toBe('ALL_ITEMS_FAILED');
  });
});

describe('cancelling', () => {
  it('ends a job, and says the same again when it is asked again', async () => {
    const { links } = await newJob({ clipIds });
    for (let i = 0; i < 2; i++) {
      const response = await post(links.cancel);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ state: 'cancelled', counts: { total: 3, cancelled: 3, pending: 0 } });
    }
    expect((await problemOf(await gateway.fetch(links.result))).code).toBe('JOB_CANCELLED');
    expect((await get(`${links.items}?state=cancelled`)).items).toHaveLength(3);
  });

  it('is too late for a job that has ended', async () => {
    const job = await endedJob({ clipIds });
    expect((await problemOf(await post(job.links.cancel))).code).toBe('JOB_FINISHED');
    expect((await get(job.links.self)).state).toBe('succeeded');
  });
});

describe('trying again', () => {
  it('makes a new job of the failed items', async () => {
    const job = await endedJob({ clipIds: [...clipIds, clipIds[1]], customIds: ['a', 'b', 'c', 'd'] });
    const response = await post(job.links.retry, { 'idempotency-key': 'again' });
    expect(response.status).toBe(202);
    const retried = jobResource.parse(await response.json());
    expect(retried).toMatchObject({ retryOf: job.id, counts: { total: 2 } });
    expect(response.headers.get('location')).toBe(retried.links.self);
    const { items } = await get(retried.links.items);
    expect(items.map(({ customId }: { customId: string }) => customId)).toEqual(['b', 'd']);
    const replayed = await post(job.links.retry, { 'idempotency-key': 'again' });
    expect(replayed.headers.get('idempotency-replayed')).toBe('true');
    expect((await replayed.json()).id).toBe(retried.id);
  });

  it('needs something that failed, and a job that has ended', async () => {
    const good = await endedJob({ clipIds: [clipIds[0]] });
    expect((await problemOf(await post(good.links.retry))).code).toBe('NOTHING_TO_RETRY');
    await worker?.stop();
    const { links } = await newJob({ clipIds });
    expect((await problemOf(await post(links.retry))).code).toBe('JOB_NOT_FINISHED');
    await post(links.cancel);
  });
});

describe('the list of jobs', () => {
  it('comes newest first by pages, each job once, also when new ones come between', async () => {
    const made: string[] = [];
    for (let i = 0; i < 7; i++) made.unshift((await newJob({ clipIds: [clipIds[0]] })).id);
    const seen: string[] = [];
    let path: string | null = '/api/v1/jobs?limit=3&state=queued';
    while (path !== null) {
      const response: Response = await gateway.fetch(path);
      const page = await response.json();
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      path = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1] ?? null;
      expect(path === null).toBe(page.nextCursor === null);
      await newJob({ clipIds: [clipIds[0]] });
    }
    expect(seen.filter((id) => made.includes(id))).toEqual(made);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('counts only when it is asked to', async () => {
    expect(await get('/api/v1/jobs?limit=1')).not.toHaveProperty('total');
    const total = await gateway.database.prisma.job.count({ where: { state: 'succeeded' } });
    expect(await get('/api/v1/jobs?limit=1&state=succeeded&count=true')).toMatchObject({ total });
  });

  it('lowers a limit that is too large', async () => expect((await gateway.fetch('/api/v1/jobs?limit=100000')).status).toBe(200));

  it.each(['limit=0', 'limit=x', 'state=done', 'count=yes', 'page=2', 'kind=A%00', 'limit=1&limit=2'])('refuses %s', async (query) => {
    const problem = await problemOf(await gateway.fetch(`/api/v1/jobs?${query}`));
    expect(problem.code).toBe('REQUEST_INVALID');
    expect(problem.errors?.[0]?.pointer).toBe(`#/${query.split('=')[0]}`);
  });

  it('takes a cursor only with the filters it came from', async () => {
    const { nextCursor } = await get('/api/v1/jobs?limit=1');
    for (const query of [
      `cursor=${nextCursor}&state=queued`,
      'cursor=nonsense',
      `cursor=${Buffer.from('["x","y"]').toString('base64url')}`,
    ])
      expect((await problemOf(await gateway.fetch(`/api/v1/jobs?${query}`))).code).toBe('CURSOR_INVALID');
  });
});

describe('the items of a job', () => {
  let job: JobResource;
  beforeAll(async () => {
    job = await endedJob({ clipIds: [...clipIds, clipIds[0]], customIds: ['=1+1', '@x', '-2', 'a,"b"'] });
  });

  it('come by pages and by state', async () => {
    const first = await get(`${job.links.items}?limit=3`);
    const rest = await get(`${job.links.items}?limit=3&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(({ index }: { index: number }) => index)).toEqual([0, 1, 2, 3]);
    expect(rest.nextCursor).toBeNull();
    expect((await get(`${job.links.items}?state=failed`)).items).toMatchObject([{ index: 1, error: { code: 'AUDIO_UNREADABLE' } }]);
  });

  it.each(['application/json', 'application/jsonl', 'text/csv'])('come as %s only by a cursor of theirs', async (accept) =>
    expect(await problemOf(await gateway.fetch(`${job.links.items}?cursor=nonsense`, { headers: { accept } }))).toMatchObject({
      code: 'CURSOR_INVALID',
    }),
  );

  it.each(['application/json', 'application/jsonl', 'text/csv'])('answer HEAD as GET, for %s', async (accept) => {
    const statusOf = async (query: string) => {
      const ask = (method: string) => gateway.fetch(`${job.links.items}${query}`, { method, headers: { accept } });
      const [get, head] = await Promise.all([ask('GET'), ask('HEAD')]);
      expect(head.status).toBe(get.status);
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
      return head.status;
    };
    expect([await statusOf('?cursor=nonsense'), await statusOf('')]).toEqual([400, 200]);
  });

  it('come as JSON lines', async () => {
    const response = await gateway.fetch(job.links.items, { headers: { accept: 'application/jsonl' } });
    expect(response.headers.get('content-type')).toBe('application/jsonl');
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines.map((text) => JSON.parse(text))).toEqual((await get(job.links.items)).items);
  });

  it('come as CSV in which no cell is a formula', async () => {
    const response = await gateway.fetch(job.links.items, { headers: { accept: 'text/csv' } });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head, ...lines] = (await response.text()).trimEnd().split('\r\n');
    expect(head).toMatch(/^index,customId,clipId,filename,state,errorCode,errorDetail,format,decoder,durationSeconds,.*,warnings$/);
    expect(lines.map((line) => line.replace(/[0-9a-f-]{36}/, 'ID'))).toEqual([
      "0,'=1+1,ID,good.wav,succeeded,,,wav/pcm16,wav,1,8000,1,8000,0.5,0.25,0,0,",
      "1,'@x,ID,bad.wav,failed,AUDIO_UNREADABLE,the test worker refuses it,,,,,,,,,,,",
      "2,'-2,ID,'=cmd.wav,succeeded,,,wav/pcm16,wav,1,8000,1,8000,0.5,0.25,0,0,",
      '3,"a,""b""",ID,good.wav,succeeded,,,wav/pcm16,wav,1,8000,1,8000,0.5,0.25,0,0,',
    ]);
  });
});

describe("a job's events", () => {
  it('tell it from its start to its end, and then the stream ends', async () => {
    const { links, id } = await newJob({ clipIds });
    const response = await gateway.fetch(links.events);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    expect(response.headers.has('content-encoding')).toBe(false);
    work();
    const text = await response.text();
    expect(text).toMatch(/^retry: 3000\n\n/);
    const events = eventsOf(text);
    expect(events.map(({ number }) => number)).toEqual(events.map((_, i) => i + 1));
    expect(events.map(({ type }) => type)).toEqual(['job.started', 'job.finished']);
    expect(events.at(-1)?.data).toMatchObject({ jobId: id, state: 'succeeded', succeeded: 2, failed: 1, total: 3 });
  });

  it('go on after the last one that the client has', async () => {
    const job = await endedJob({ clipIds });
    const events = eventsOf(await (await gateway.fetch(job.links.events, { headers: { 'last-event-id': '1' } })).text());
    expect(events.map(({ number }) => number)).toEqual([2]);
    expect((await gateway.fetch(job.links.events, { headers: { 'last-event-id': '2' } })).status).toBe(204);
  });

  it('reach many listeners at once', async () => {
    const jobs = await Promise.all(Array.from({ length: 20 }, () => newJob({ clipIds: [clipIds[0]] })));
    const streams = await Promise.all(jobs.map(({ links }) => gateway.fetch(links.events)));
    work();
    const texts = await Promise.all(streams.map((stream) => stream.text()));
    for (const text of texts) expect(eventsOf(text).at(-1)?.type).toBe('job.finished');
  });
});

function eventsOf(text: string): { number: number; type: string; data: object }[] {
  return [...text.matchAll(/^id: (\d+)\nevent: (\S+)\ndata: (.*)\n$/gm)].map(([, number, type = '', data = '']) => ({
    number: Number(number),
    type,
    data: JSON.parse(data),
  }));
}
