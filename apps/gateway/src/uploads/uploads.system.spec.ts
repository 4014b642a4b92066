import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { problemOf } from '../testing/problem-of.js';
import { tone, wavOfSize } from '../testing/sounds.js';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ MAX_FILE_MB: '3', MAX_UPLOAD_MB: '8' });
}, 60_000);
afterAll(() => gateway.close());

const upload = (body: FormData, headers: Record<string, string> = {}) => gateway.fetch('/api/v1/clips', { method: 'POST', body, headers });
const clipCount = () => gateway.database.prisma.clip.count();
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Nothing of a refused request may stay; and the service goes on. */
async function expectRefused(send: () => Promise<Response>, code: string) {
  const before = await clipCount();
  const problem = await problemOf(await send());
  expect(problem.code).toBe(code);
  expect(await clipCount()).toBe(before);
  expect((await gateway.fetch('/readyz')).status).toBe(200);
  return problem;
}

describe('uploading clips', () => {
  it('answers 201 with a clip for each file, in their order', async () => {
    const files: [string, Uint8Array<ArrayBuffer>][] = [440, 880, 220].map((hz) => [`${hz}.wav`, tone(hz)]);
    const response = await upload(formOf(...files));
    expect(response.status).toBe(201);
    const { items } = await response.json();
    expect(items).toEqual(
      files.map(([filename, bytes]) => ({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        filename,
        sizeBytes: bytes.length,
        sha256: sha256(bytes),
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
        links: expect.objectContaining({ self: expect.stringMatching(/^\/api\/v1\/clips\//) }),
      })),
    );
    const shown = await gateway.fetch(items[1].links.self);
    expect(await shown.json()).toEqual(items[1]);
  });

  it('gives the same bytes the same blob, and each upload a clip of its own', async () => {
    const [first, second] = await Promise.all([upload(formOf(['a.wav', tone(300)])), upload(formOf(['b.wav', tone(300)]))]);
    const [a, b] = [(await first.json()).items[0], (await second.json()).items[0]];
    expect(a.sha256).toBe(b.sha256);
    expect(a.id).not.toBe(b.id);
    const blob = await gateway.database.prisma.blob.findFirst({ where: { sha256: a.sha256 } });
    expect(blob?.references).toBe(2);
  });

  it('keeps a file that is too large for memory, byte for byte', async () => {
    const bytes = wavOfSize(2_500_000);
    const response = await upload(formOf(['large.wav', bytes], ['small.wav', tone(1)], ['large again.wav', bytes]));
    expect(response.status).toBe(201);
    const { items } = await response.json();
    expect(items.map((item: { sha256: string }) => item.sha256)).toEqual([sha256(bytes), sha256(tone(1)), sha256(bytes)]);
    const audio = await gateway.fetch(items[0].links.audio);
    expect(sha256(new Uint8Array(await audio.arrayBuffer()))).toBe(sha256(bytes));
  });

  it('takes a hundred files at once', async () => {
    const files: [string, Uint8Array<ArrayBuffer>][] = Array.from({ length: 100 }, (_, i) => [`${i}.wav`, tone(1_000 + i)]);
    const { items } = await (await upload(formOf(...files))).json();
    expect(items.map((item: { filename: string }) => item.filename)).toEqual(files.map(([name]) => name));
  });

  it.each([
    ['../../etc/x.wav', 'x.wav'],
    ['C:\\music\\x.wav', 'x.wav'],
    ['Cafe\u0301 ☕.wav', 'Caf\u00e9 ☕.wav'],
    [`${'ä'.repeat(5_000)}.wav`, `${'ä'.repeat(125)}.wav`],
  ])('takes the name %s for data', async (sent, kept) => {
    const { items } = await (await upload(formOf([sent, tone(2)]))).json();
    expect(items[0].filename).toBe(kept);
  });
});

describe('an upload is refused, and nothing of it stays,', () => {
  it('when a file is empty', async () => {
    const problem = await expectRefused(() => upload(formOf(['fine.wav', tone(5)], ['empty.wav', new Uint8Array(0)])), 'AUDIO_EMPTY');
    expect(problem.detail).toMatch(/^File 2 \(empty\.wav\): /);
  });

  it('when text is named .wav', async () => {
    const text = Buffer.from('Dear diary, today I sang.'.repeat(1_000));
    const problem = await expectRefused(() => upload(formOf(['notes.wav', text])), 'AUDIO_FORMAT_UNKNOWN');
    expect(problem.detail).toMatch(/^notes\.wav: /);
  });

  it('when one of many files is bad', async () => {
    const files: [string, Uint8Array<ArrayBuffer>][] = [1, 2, 3, 4].map((hz) => [`${hz}.wav`, tone(hz)]);
    const problem = await expectRefused(() => upload(formOf(...files, ['bad.wav', Buffer.from('text')])), 'AUDIO_FORMAT_UNKNOWN');
    expect(problem).toMatchObject({ file: 4, filename: 'bad.wav' });
  });

  it('when a file is larger than the limit', async () => {
    const problem = await expectRefused(() => upload(formOf(['huge.wav', wavOfSize(3_000_001)])), 'FILE_TOO_LARGE');
    expect(problem).toMatchObject({ limit: 3_000_000, file: 0 });
  });

  it('when the body is larger than the limit', () =>
    expectRefused(
      () => upload(formOf(['1.wav', wavOfSize(2_900_000)], ['2.wav', wavOfSize(2_900_000)], ['3.wav', wavOfSize(2_900_000)])),
      'BODY_TOO_LARGE',
    ));

  it('when it carries 10,001 files', () => {
    const file: [string, Uint8Array<ArrayBuffer>] = ['x.wav', tone(3).slice(0, 60)];
    const form = formOf(...Array.from({ length: 10_001 }, () => file));
    return expectRefused(() => upload(form), 'TOO_MANY_FILES');
  }, 60_000);

  it('when it has a field that is not known', async () => {
    const form = formOf(['a.wav', tone(6)]);
    form.append('classifier', 'talent');
    const problem = await expectRefused(() => upload(form), 'REQUEST_INVALID');
    expect(problem.errors).toEqual([{ pointer: '#/classifier', detail: expect.stringContaining('not a known field') }]);
  });

  it('when a file comes in another field', async () => {
    const form = new FormData();
    form.append('audio', new Blob([tone(7)]), 'a.wav');
    const problem = await expectRefused(() => upload(form), 'REQUEST_INVALID');
    expect(problem.errors?.[0]?.pointer).toBe('#/audio');
  });

  it('when it holds no file', () => expectRefused(() => upload(new FormData()), 'REQUEST_INVALID'));

  it('when its body ends before its last boundary', () => {
    const body = Buffer.concat([partHead('cut.wav'), tone(8).subarray(0, 5_000)]);
    return expectRefused(() => sendMultipart(body), 'BODY_TRUNCATED');
  });

  it('when its body ends within the head of a part', () =>
    expectRefused(() => sendMultipart(partHead('cut.wav').subarray(0, 30)), 'BODY_TRUNCATED'));

  it('when it names no boundary', () =>
    expectRefused(
      () => gateway.fetch('/api/v1/clips', { method: 'POST', body: 'x', headers: { 'content-type': 'multipart/form-data' } }),
      'BODY_MALFORMED',
    ));

  it.each(['audio/wav', 'application/json', 'text/plain'])('when it is %s', (type) =>
    expectRefused(
      () => gateway.fetch('/api/v1/clips', { method: 'POST', body: tone(9), headers: { 'content-type': type } }),
      'TYPE_UNSUPPORTED',
    ),
  );

  it('when the connection breaks in the middle of a large file', async () => {
    const before = await clipCount();
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    const head = `POST /api/v1/clips HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: 5000000\r\n\r\n`;
    await new Promise<void>((resolve) =>
      socket.write(Buffer.concat([Buffer.from(head), partHead('cut.wav'), wavOfSize(2_000_000)]), () => resolve()),
    );
    socket.destroy();
    expect((await upload(formOf(['after.wav', tone(10)]))).status).toBe(201);
    expect(await clipCount()).toBe(before + 1);
  });
});

describe('a clip', () => {
  it.each(['0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a', 'nonsense', '..%2f..%2fetc'])('that never was (%s) is 404', async (id) => {
    for (const path of [`/api/v1/clips/${id}`, `/api/v1/clips/${id}/audio`])
      expect((await problemOf(await gateway.fetch(path))).code).toBe('CLIP_NOT_FOUND');
    expect((await problemOf(await gateway.fetch(`/api/v1/clips/${id}`, { method: 'DELETE' }))).code).toBe('CLIP_NOT_FOUND');
  });

  it('is gone once it is deleted', async () => {
    const { items } = await (await upload(formOf(['a.wav', tone(11)]))).json();
    expect((await gateway.fetch(items[0].links.self, { method: 'DELETE' })).status).toBe(204);
    expect((await problemOf(await gateway.fetch(items[0].links.self))).code).toBe('CLIP_NOT_FOUND');
    expect((await problemOf(await gateway.fetch(items[0].links.audio))).code).toBe('CLIP_NOT_FOUND');
  });
});

describe("a clip's audio", () => {
  const bytes = tone(500);
  let path: string;
  beforeAll(async () => {
    const { items } = await (await upload(formOf(['Ärger 1.wav', bytes]))).json();
    path = items[0].links.audio;
  });

  it('comes whole, named, typed by its content, and for good', async () => {
    const response = await gateway.fetch(path);
    expect(response.status).toBe(200);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': String(bytes.length),
      etag: `"${sha256(bytes)}"`,
      'accept-ranges': 'bytes',
      'cache-control': expect.stringContaining('immutable'),
      'content-disposition': `attachment; filename="Arger 1.wav"; filename*=UTF-8''%C3%84rger%201.wav`,
      'x-content-type-options': 'nosniff',
    });
  });

  it('comes in the range that is asked for', async () => {
    const response = await gateway.fetch(path, { headers: { range: 'bytes=100-199' } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes 100-199/${bytes.length}`);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes.slice(100, 200));
  });

  it('comes whole when If-Range names other bytes', async () => {
    const response = await gateway.fetch(path, { headers: { range: 'bytes=0-9', 'if-range': '"other"' } });
    expect(response.status).toBe(200);
  });

  it('is 416 past its end', async () => {
    const response = await gateway.fetch(path, { headers: { range: `bytes=${bytes.length}-` } });
    expect(response.headers.get('content-range')).toBe(`bytes */${bytes.length}`);
    expect((await problemOf(response)).code).toBe('RANGE_NOT_SATISFIABLE');
  });

  it('is 304 for whoever has it', async () => {
    const response = await gateway.fetch(path, { headers: { 'if-none-match': `"${sha256(bytes)}"` } });
    expect(response.status).toBe(304);
  });

  it('tells HEAD its size without sending it', async () => {
    const response = await gateway.fetch(path, { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });
});

function partHead(filename: string): Buffer {
  return Buffer.from(`--edge\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: audio/wav\r\n\r\n`);
}

function sendMultipart(body: Buffer): Promise<Response> {
  return gateway.fetch('/api/v1/clips', {
    method: 'POST',
    body: Uint8Array.from(body),
    headers: { 'content-type': 'multipart/form-data; boundary=edge' },
  });
}
