import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { queueNames, serviceStatus } from '@earshot/contracts';
import { problemOf } from './testing/problem-of.js';
import { tone } from './testing/sounds.js';
import { formOf, startTestGateway, type TestGateway } from './testing/test-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ CORS_ORIGINS: 'http://localhost:5173' });
}, 60_000);
afterAll(() => gateway.close());

/** fetch does not let a caller choose its Host. */
function statusWith(headers: Record<string, string>, path = '/api/v1/jobs'): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(path, gateway.url), { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject).end();
  });
}

/** fetch does not send TRACE. */
function sendAs(method: string, path: string): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(path, gateway.url), { method }, async (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) });
    });
    sent.on('error', reject).end();
  });
}

describe('without keys', () => {
  it.each(['localhost', 'localhost:8000', '127.0.0.1:80', '[::1]:8000'])('a request to %s is admitted', async (host) =>
    expect(await statusWith({ host })).toBe(200),
  );
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '192.168.0.7:8000', '0.0.0.0'])(
    'a request to %s is refused',
    async (host) => expect(await statusWith({ host })).toBe(403),
  );
  it.each(['https://evil.example', 'null', 'http://localhost.evil.example'])('a page of %s is refused', async (origin) =>
    expect((await problemOf(await gateway.fetch('/api/v1/jobs', { headers: { origin } }))).code).toBe('ORIGIN_REFUSED'),
  );
  it('a page of this machine is admitted, and told so where it is on the list', async () => {
    const response = await gateway.fetch('/api/v1/jobs', { headers: { origin: 'http://localhost:5173' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
  });
  it.each(['/livez', '/readyz', '/metrics'])('%s is for this machine, too', async (path) => {
    expect(await statusWith({ host: 'evil.example' }, path)).toBe(403);
    expect(await statusWith({ host: '127.0.0.1:8000', 'x-forwarded-for': '1.2.3.4' }, path)).toBe(403);
  });
});

describe('what recurs', () => {
  it('is done at the start, once for all gateways, and has its next turn', async () => {
    const statement = { name: '', text: `select name, due_at > now() as waits from chore where name like 'blobs.%' order by name` };
    const chores = () => gateway.database.run<{ name: string; waits: boolean }>(statement, []);
    for (const deadline = Date.now() + 10_000; (await chores()).length < 2 && Date.now() < deadline; await sleep(50));
    expect(await chores()).toEqual([
      { name: 'blobs.strays', waits: true },
      { name: 'blobs.unreferenced', waits: true },
    ]);
  });
});

describe('every answer', () => {
  it('carries the id that the request came with, or a new one', async () => {
    const named = await gateway.fetch('/api/v1/jobs', { headers: { 'x-request-id': 'my-request.1' } });
    expect(named.headers.get('x-request-id')).toBe('my-request.1');
    const unsafe = await gateway.fetch('/api/v1/jobs', { headers: { 'x-request-id': '<script>' } });
    expect(unsafe.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('carries the headers that keep browsers safe', async () => {
    const { headers } = await gateway.fetch('/api/v1/jobs');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.has('x-powered-by')).toBe(false);
  });

  it('of more than 1 kB is compressed when asked', async () => {
    const form = formOf(...Array.from({ length: 10 }, (_, i): [string, Uint8Array<ArrayBuffer>] => [`${i}.wav`, tone(i + 1)]));
    const large = await gateway.fetch('/api/v1/clips', { method: 'POST', body: form });
    expect(large.headers.get('content-encoding')).toMatch(/gzip|br/);
    expect((await large.json()).items).toHaveLength(10);
    const small = await gateway.fetch('/api/v1/jobs');
    expect(small.headers.has('content-encoding')).toBe(false);
  });

  it.each(['/home/', '/home/../package.json', '/home/samples/none.wav', '/api', '/api/v2/jobs', '/api/v1/jobs/x/y', '/.env'])(
    'of %s, which is no route, is a problem',
    async (path) => expect((await problemOf(await gateway.fetch(path))).code).toBe('ROUTE_NOT_FOUND'),
  );
  it.each([
    ['PUT', '/api/v1/clips', 'GET, HEAD, POST'],
    ['GET', '/api/v1/descriptions', 'POST'],
    ['POST', '/api/v1/jobs/0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a', 'GET, HEAD'],
    ['TRACE', '/api/v1/jobs', 'GET, HEAD'],
    ['POST', '/openapi.json', 'GET, HEAD'],
  ])('of %s %s, which takes other methods, names those', async (method, path, allow) => {
    const { status, headers, body } = await sendAs(method, path);
    expect({ status, allow: headers.allow, code: JSON.parse(body).code }).toEqual({ status: 405, allow, code: 'METHOD_NOT_ALLOWED' });
  });
  it.each<[Record<string, string>, number, string]>([
    [{ range: 'bytes=999999999-' }, 416, 'RANGE_NOT_SATISFIABLE'],
    [{ 'if-match': '"another"' }, 412, 'PRECONDITION_FAILED'],
  ])('of a file that is asked for with %j is %d', async (headers, status, code) => {
    const response = await fetch(new URL('/docs/swagger-ui.css', gateway.url), { headers });
    expect(response.status).toBe(status);
    expect((await problemOf(response)).code).toBe(code);
  });
  it('of a path that cannot be read is a problem', async () =>
    expect((await problemOf(await gateway.fetch('/api/v1/jobs/%ff'))).code).toBe('REQUEST_INVALID'));
});

describe('the documentation', () => {
  it('is one document, two readers and the error codes, all from here', async () => {
    const document = await (await gateway.fetch('/openapi.json')).json();
    expect(document.paths['/api/v1/descriptions'].post.operationId).toBe('createDescription');
    for (const path of ['/docs', '/redoc', '/docs/errors']) {
      const page = await gateway.fetch(path);
      expect(page.status).toBe(200);
      const html = await page.text();
      expect(html).toContain('<html');
      for (const [, source = ''] of html.matchAll(/(?:src|href)="([^"#]+)"/g)) {
        expect(source).not.toMatch(/^(https?:)?\/\//);
        expect((await gateway.fetch(new URL(source, new URL(path, gateway.url)).pathname)).status).toBe(200);
      }
    }
    expect(await (await gateway.fetch('/redoc/redoc.standalone.js')).text()).not.toMatch(/https:[^"]*\.(svg|png|css)"/);
    expect(await (await gateway.fetch('/docs/errors')).text()).toContain('id="AUDIO_EMPTY"');
  });
});

describe('probes and metrics', () => {
  it('say that it lives, that it is ready, and what it has done', async () => {
    expect((await gateway.fetch('/livez')).status).toBe(200);
    expect(await (await gateway.fetch('/readyz')).json()).toMatchObject({
      status: 'degraded', // nobody works here
      checks: { postgres: { status: 'ok' }, storage: { status: 'ok' }, workers: { status: 'failed' } },
    });
    const text = await (await gateway.fetch('/metrics')).text();
    expect(text).toMatch(/earshot_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/jobs",status="200"\} \d+/);
  });
});

describe('with a job that nobody works on', () => {
  it('the metrics show that it waits', async () => {
    const response = await gateway.fetch('/api/v1/descriptions', { method: 'POST', body: formOf(['a.wav', tone(9)]) });
    expect(response.status).toBe(202);
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // readings within a second share one look
    const text = await (await gateway.fetch('/metrics')).text();
    expect(text).toMatch(/^earshot_tasks\{queue="extract",state="queued"\} [1-9]/m);
    expect(text).toMatch(/^earshot_tasks\{queue="extract",state="running"\} 0/m);
    expect(text).toMatch(/^earshot_oldest_waiting_task_age_seconds\{queue="extract"\} [1-9]/m);
    expect(text).toMatch(/^earshot_workers\{state="live"\} 0/m);
    expect(text).toMatch(/^earshot_jobs\{kind="describe",state="queued"\} [1-9]/m);
  });

  it('the status shows it too, beside the parts, the limits and what is kept', async () => {
    const status = serviceStatus.parse(await (await gateway.fetch('/api/v1/status')).json());
    expect(status).toMatchObject({ status: 'degraded', access: 'open', workers: { live: 0 }, retention: { days: 30 } });
    expect(status.checks).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'workers', status: 'failed' })]));
    expect(status.queues.map(({ queue }) => queue)).toEqual([...queueNames]);
    const [extract] = status.queues;
    expect(extract).toMatchObject({ queue: 'extract', running: 0, paused: false, limitTasks: null });
    expect(extract?.queued).toBeGreaterThan(0);
    expect(extract?.oldestSeconds).toBeGreaterThan(1);
    expect(status.jobs).toEqual([expect.objectContaining({ kind: 'describe', state: 'queued' })]);
    expect(status.limits.maxFileBytes).toBeGreaterThan(0);
  });
});

describe('with keys', () => {
  const key = 'a-key-of-more-than-24-characters';
  let locked: TestGateway;
  beforeAll(async () => {
    locked = await startTestGateway({ EARSHOT_ACCESS: 'keys', EARSHOT_ADMIN_KEY: key });
  }, 60_000);
  afterAll(() => locked.close());

  it.each([{}, { authorization: 'Bearer wrong' }, { 'x-api-key': `${key}x` }, { authorization: `Basic ${key}` }])(
    'a request with %j is refused',
    async (headers) => {
      const response = await locked.fetch('/api/v1/jobs', { headers: new Headers(Object.entries(headers)) });
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect((await problemOf(response)).code).toBe('UNAUTHENTICATED');
    },
  );
  it('an upload without a key is refused, and nothing of it is kept', async () => {
    const response = await locked.fetch('/api/v1/clips', { method: 'POST', body: formOf(['a.wav', tone(1)]) });
    expect(response.status).toBe(401);
    expect(await locked.database.prisma.blob.count()).toBe(0);
  });
  it.each([{ authorization: `Bearer ${key}` }, { authorization: `bearer ${key}` }, { 'x-api-key': key }])(
    'a request with %j is admitted',
    async (headers) => expect((await locked.fetch('/api/v1/jobs', { headers: new Headers(Object.entries(headers)) })).status).toBe(200),
  );
  it('/metrics is not open to everybody', async () => {
    expect((await locked.fetch('/metrics')).status).toBe(401);
    expect((await locked.fetch('/metrics', { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
  });
  it.each(['/docs', '/redoc', '/openapi.json', '/docs/errors', '/livez', '/readyz'])('%s is open to everybody', async (path) =>
    expect((await locked.fetch(path)).status).toBe(200),
  );
});
