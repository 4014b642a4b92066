// What the old systems' routes do with requests that nobody should send, and with many at once.
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { keywordBatch, keywordPrediction, talentBatch, talentPrediction, talentUpload } from '@earshot/contracts';
import { type Workspace, Workspaces } from '@earshot/database';
import { startExtractor } from '../testing/extractor-process.js';
import { notAudio, registerModel, type Sent, sendFiles, voice } from '../testing/old-clients.js';
import { wavOfSize } from '../testing/sounds.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

const origin = 'http://singers.example:3000';
let gateway: TestGateway;
let extractor: { stop(): Promise<void> };
let workspace: Workspace;
beforeAll(async () => {
  gateway = await startTestGateway({ CORS_ORIGINS: origin, EARSHOT_ACCESS: 'open' });
  extractor = await startExtractor(gateway);
  workspace = await new Workspaces(gateway.database).named('default');
  await registerModel(gateway, workspace, { classifier: 'talent', labels: ['bad', 'good'] });
  await registerModel(gateway, workspace, { classifier: 'keywords', labels: ['no', 'yes'], seed: 2 });
}, 60_000);
afterAll(async () => {
  await extractor.stop();
  await gateway.close();
});

const single = '/api/v1/predictions/single';
const batch = '/api/v1/predictions/batch';
const upload = '/api/v1/upload-data';
const routes: [path: string, field: 'file' | 'files'][] = [
  [single, 'file'],
  [batch, 'files'],
  [upload, 'files'],
  ['/transcribe', 'file'],
  ['/api/predict', 'file'],
  ['/api/batch-predict', 'files'],
];
const told = async (response: Response) => [response.status, await response.json()];
const json = { accept: 'application/json' };
const retrain = (body: BodyInit, type = 'application/json') =>
  gateway.fetch('/api/v1/retrain', { method: 'POST', headers: { 'content-type': type }, body });

/** Enough to retrain on. */
const labelled = (seed: number) =>
  Array.from({ length: 12 }, (_, i): Sent => [`${i % 2 === 0 ? 'good' : 'bad'}_${i}.wav`, voice(seed + i, i % 2 === 0)]);

describe('requests with files', () => {
  it('of a hundred are answered in their order, bad ones in their places', async () => {
    const files = Array.from({ length: 100 }, (_, i): Sent => (i % 10 === 3 ? [`${i}.wav`, notAudio[1]] : [`${i}.wav`, voice(i, true)]));
    const { results, errors, ...counts } = talentBatch.parse(await (await sendFiles(gateway, batch, 'files', files)).json());
    expect(counts).toMatchObject({ total: 100, successful: 90, failed: 10 });
    expect(errors.map(({ index }) => index)).toEqual([3, 13, 23, 33, 43, 53, 63, 73, 83, 93]);
    expect(results.map(({ filename }) => filename)).toEqual(files.flatMap(([name], i) => (i % 10 === 3 ? [] : [name])));
    const answer = keywordBatch.parse(await (await sendFiles(gateway, '/api/batch-predict', 'files', files)).json());
    expect(answer.results.map(({ filename }) => filename)).toEqual(files.map(([name]) => name));
  }, 60_000);

  it.each(routes)('to %s of none are refused', async (path, field) =>
    expect(await told(await sendFiles(gateway, path, field, [], { headers: json }))).toMatchObject([400, { code: 'REQUEST_INVALID' }]),
  );

  it.each(routes)('to %s in another field are refused, and the field is named', async (path, field) => {
    const other = field === 'file' ? 'files' : 'audio';
    expect(await told(await sendFiles(gateway, path, other, [['a.wav', voice(1, true)]], { headers: json }))).toMatchObject([
      400,
      { code: 'REQUEST_INVALID', detail: expect.stringContaining(other), errors: [{ pointer: `#/${other}` }] },
    ]);
  });

  it.each(routes)('to %s that are no form are refused', async (path) => {
    for (const [type, body] of [
      ['application/json', '{"file": "a.wav"}'],
      ['text/plain', 'a'],
      ['multipart/form-data', 'no boundary'],
    ] as const) {
      const response = await gateway.fetch(path, { method: 'POST', headers: { 'content-type': type, ...json }, body });
      expect(await told(response)).toMatchObject([400, { code: expect.stringMatching(/^(TYPE_UNSUPPORTED|BODY_MALFORMED)$/) }]);
    }
  });

  it('of several where one is meant are refused', async () => {
    const two: Sent[] = [
      ['a.wav', voice(1, true)],
      ['b.wav', voice(2, true)],
    ];
    for (const path of [single, '/api/predict', '/transcribe'])
      expect(await told(await sendFiles(gateway, path, 'file', two, { headers: json }))).toMatchObject([400, { code: 'REQUEST_INVALID' }]);
  });

  it('that are a byte too large are refused as files, those of the limit are looked at', async () => {
    const large = (sizeBytes: number): Sent[] => [['large.wav', wavOfSize(sizeBytes)]];
    const limit = 50_000_000;
    const refused = { code: 'FILE_TOO_LARGE', limit };
    expect(await told(await sendFiles(gateway, single, 'file', large(limit + 1)))).toMatchObject([400, refused]);
    const batched = talentBatch.parse(
      await (await sendFiles(gateway, batch, 'files', [...large(limit + 1), ['b.wav', voice(1, true)]])).json(),
    );
    expect(batched).toMatchObject({ successful: 1, errors: [{ index: 0, code: 'FILE_TOO_LARGE' }] });
    const { uploaded_files, errors } = talentUpload.parse(await (await sendFiles(gateway, upload, 'files', large(limit + 1))).json());
    expect([uploaded_files, errors[0]?.code]).toEqual([0, 'FILE_TOO_LARGE']);
    expect(await told(await sendFiles(gateway, '/api/predict', 'file', large(10_000_001)))).toMatchObject([
      400,
      { code: 'FILE_TOO_LARGE' },
    ]);
    const [status, answer] = await told(await sendFiles(gateway, single, 'file', large(limit)));
    expect([status, answer.code]).not.toEqual([400, 'FILE_TOO_LARGE']);
  }, 120_000);

  it('whose names are encoded, equal, or paths keep them as data', async () => {
    const names = ['a b.wav', 'gut%C3%A9.wav', 'same.wav', 'same.wav', '音楽.wav', '"quoted".wav', '%2e%2e%2fetc%2fpasswd.wav'];
    const files = names.map((name, i): Sent => [name, voice(i, true)]);
    const { results } = talentBatch.parse(await (await sendFiles(gateway, batch, 'files', files)).json());
    expect(results.map(({ filename }) => filename)).toEqual(names.map((name) => name.replaceAll('"', '%22'))); // as browsers and undici encode it
    const climbing = await sendFiles(gateway, batch, 'files', [['../../good_x.wav', voice(1, true)]]);
    expect(talentBatch.parse(await climbing.json()).results.map(({ filename }) => filename)).toEqual(['good_x.wav']);
  });

  it('of the same name twice are both trained on, with the label of each', async () => {
    const files: Sent[] = [
      ['take.wav', voice(900, true)],
      ['take.wav', voice(901, false)],
    ];
    const before = await workspace.datasets.find('uploads');
    await sendFiles(gateway, upload, 'files', files, { labels: 'good,bad' });
    const labels = await workspace.datasets.labels('uploads');
    expect(before).toBeNull();
    expect(labels.map(({ label, clips }) => [label, clips])).toEqual([
      ['bad', 1],
      ['good', 1],
    ]);
  });
});

describe('labels of uploads', () => {
  const files: Sent[] = [['a.wav', voice(1, true)]];
  it.each(['great', 'good,bad', '["good", 1]', '[{"a": 1}]', '{"label": "good"}', 'good\u0000'])(
    'that are %j are refused, and nothing is kept',
    async (labels) => {
      const before = await gateway.database.prisma.clip.count();
      expect(await told(await sendFiles(gateway, upload, 'files', files, { labels }))).toMatchObject([400, { code: 'REQUEST_INVALID' }]);
      expect(await gateway.database.prisma.clip.count()).toBe(before);
    },
  );
});

describe('requests to retrain', () => {
  it.each([
    ['{"epochs": "many"}', '#/epochs'],
    ['{"epochs": 4}', '#/epochs'],
    ['{"epochs": 5.5}', '#/epochs'],
    ['{"batch_size": 1000}', '#/batch_size'],
    ['{"mode": "turbo"}', '#/mode'],
    ['{"data_source": "/etc"}', '#/data_source'],
    ['[]', '#'],
    ['null', '#'],
  ])('with %s are refused', async (body, pointer) =>
    expect(await told(await retrain(body))).toMatchObject([400, { code: 'REQUEST_INVALID', errors: [{ pointer }] }]),
  );

  it('that are no JSON are refused', async () => {
    expect(await told(await retrain('{'))).toMatchObject([400, { code: 'BODY_MALFORMED' }]);
    expect((await retrain(' '.repeat(3_000_000))).status).toBe(400);
  });

  it('at once start one training, whatever they ask for, and are all answered that', async () => {
    await sendFiles(gateway, upload, 'files', labelled(300));
    const asked = Array.from({ length: 12 }, (_, i) => retrain(JSON.stringify({ epochs: i % 3 === 0 ? 5 : 6 })));
    const answers = await Promise.all((await Promise.all(asked)).map(told));
    expect(answers.map(([status]) => status)).toEqual(Array(12).fill(200));
    expect(new Set(answers.map(([, { training_id }]) => training_id)).size).toBe(1);
    const isStarted = answers.filter(([, { message }]) => message === 'Training has started');
    expect(isStarted).toHaveLength(1);
    expect(await gateway.database.prisma.job.count({ where: { kind: 'train' } })).toBe(1);

    const id = answers[0]?.[1].training_id;
    expect((await gateway.fetch(`/api/v1/jobs/${id}/cancel`, { method: 'POST' })).status).toBe(200);
    const [, { training_id: next }] = await told(await retrain('{}'));
    expect(next).not.toBe(id); // after it has ended there is a turn again
    await gateway.fetch(`/api/v1/jobs/${next}/cancel`, { method: 'POST' });
  });
});

describe('thirty slow clients', () => {
  /** Sends the beginning of a request, and the rest piece by piece, as slowly as is said. */
  function slowly(
    path: string,
    field: string,
    name: string,
    bytes: Uint8Array,
  ): { socket: Socket; answer: Promise<string>; go: () => Promise<void> } {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    const head = `--edge\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\n\r\n`;
    const tail = '\r\n--edge--\r\n';
    const length = head.length + bytes.length + tail.length;
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: ${length}\r\n\r\n${head}`,
    );
    let text = '';
    const answer = new Promise<string>((resolve, reject) => {
      socket.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      socket.once('end', () => resolve(text)).once('error', reject);
    });
    const go = async () => {
      const piece = Math.ceil(bytes.length / 8);
      for (let at = 0; at < bytes.length; at += piece) {
        socket.write(bytes.subarray(at, at + piece));
        await sleep(60);
      }
      socket.write(tail);
    };
    return { socket, answer, go };
  }

  it('hold up nobody else, and are all answered', async () => {
    const slow = Array.from({ length: 30 }, (_, i) =>
      i % 2 === 0
        ? slowly(single, 'file', `${i}.wav`, voice(500 + i, true))
        : slowly('/api/predict', 'file', `${i}.wav`, voice(500 + i, true)),
    );
    await sleep(100); // all are under way, and none has sent its file
    const quick = await sendFiles(gateway, single, 'file', [['quick.wav', voice(600, true)]]);
    expect(talentPrediction.parse(await quick.json()).filename).toBe('quick.wav');
    const [, answers] = await Promise.all([Promise.all(slow.map(({ go }) => go())), Promise.all(slow.map(({ answer }) => answer))]);
    expect(answers.filter((text) => text.startsWith('HTTP/1.1 200'))).toHaveLength(30);
    expect(answers[1]).toContain('"keyword"');
  }, 60_000);

  it('that leave in the middle leave nothing behind', async () => {
    const before = await gateway.database.prisma.clip.count();
    const slow = Array.from({ length: 30 }, (_, i) => slowly(upload, 'files', `good_${i}.wav`, voice(700 + i, true)));
    await sleep(100);
    for (const { socket, answer } of slow) {
      answer.catch(() => undefined);
      socket.destroy();
    }
    const heard = await sendFiles(gateway, '/api/predict', 'file', [['a.wav', voice(601, true)]]);
    expect(keywordPrediction.parse(await heard.json()).keyword).toMatch(/^(no|yes)$/);
    expect(await gateway.database.prisma.clip.count()).toBe(before + 1);
  });
});

describe('pages of another origin', () => {
  const preflight = (path: string, from: string) =>
    fetch(new URL(path, gateway.url), {
      method: 'OPTIONS',
      headers: { origin: from, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });

  it('that are admitted may send files', async () => {
    for (const [path] of routes) {
      const { status, headers } = await preflight(path, origin);
      expect([status, headers.get('access-control-allow-origin')]).toEqual([204, origin]);
      expect(headers.get('access-control-allow-methods')).toContain('POST');
      expect(headers.get('access-control-allow-headers')).toBe('content-type');
    }
  });

  it('that are not are told nothing', async () =>
    expect((await preflight(single, 'https://evil.example')).headers.get('access-control-allow-origin')).not.toBe('https://evil.example'));
});

describe('a model that is deleted', () => {
  it('is not there, until there is one again', async () => {
    const classifier = '/api/v1/classifiers/talent';
    const ask = async (method: string, path: string) =>
      (await gateway.fetch(`${classifier}/${path}`, { method, headers: { 'if-match': '*' } })).status;
    expect(await ask('DELETE', 'versions/1')).toBe(409); // it answers
    expect([await ask('DELETE', 'aliases/production'), await ask('DELETE', 'versions/1')]).toEqual([204, 204]);
    const file: Sent[] = [['a.wav', voice(1, true)]];
    const notThere = [503, { code: 'ALIAS_NOT_FOUND', detail: expect.any(String) }];
    expect(await told(await sendFiles(gateway, single, 'file', file))).toMatchObject(notThere);
    expect(await told(await sendFiles(gateway, batch, 'files', file))).toMatchObject(notThere);
    await sendFiles(gateway, upload, 'files', labelled(400));
    expect(await told(await retrain('{"mode": "quick"}'))).toMatchObject(notThere);
    expect(await told(await gateway.fetch('/api/v1/health'))).toMatchObject([200, { status: 'degraded', model_loaded: false }]);
    await registerModel(gateway, workspace, { classifier: 'talent', labels: ['bad', 'good'], seed: 3 });
    expect(await ask('POST', 'versions/2/promote')).toBe(200);
    expect((await sendFiles(gateway, single, 'file', file)).status).toBe(200);
  });
});
