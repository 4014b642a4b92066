import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { jest } from '@jest/globals';
import { blobKey } from './blob-key.js';
import { everythingIn, itKeepsBlobs } from './blob-store.conformance.js';
import { type MotoServer, startMoto } from './moto-server.fixture.js';
import { openBlobStore } from './open-blob-store.js';
import { S3Bucket, type S3Settings } from './s3-bucket.js';
import { S3BlobStore } from './s3-store.js';

jest.setTimeout(30_000); // moto takes its time on a busy machine
const hour = 3_600_000;
const keys = { accessKeyId: 'testing', secretAccessKey: 'testing' };
let moto: MotoServer;
let folder: string;
let settings: S3Settings;
let store: S3BlobStore;

beforeAll(async () => {
  moto = await startMoto();
  folder = await mkdtemp(join(tmpdir(), 'earshot-spool-'));
  settings = { bucket: 'blobs', region: 'us-east-1', endpoint: moto.endpoint, ...keys };
  const client = new S3Client({ region: 'us-east-1', endpoint: moto.endpoint, forcePathStyle: true, credentials: keys });
  await client.send(new CreateBucketCommand({ Bucket: settings.bucket }));
  client.destroy();
  store = new S3BlobStore({ ...settings, spoolFolder: folder });
}, 180_000);

afterAll(async () => {
  await store?.close();
  await moto?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

describe('the S3 store', () => {
  itKeepsBlobs(() => ({
    store,
    races: 64,
    growOld: async () => {
      await delay(3_000); // LastModified is S3's own, in whole seconds: it cannot be set
      return new Date(Date.now() - 900); // later than the tolerance of 2 s after the blobs' last put
    },
  }));

  it('leaves nothing in its spool', async () => {
    const { sha256 } = await store.put(randomUUID(), randomBytes(2_000_000));
    expect(sha256).toHaveLength(64);
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps a local copy until it is released', async () => {
    const workspaceId = randomUUID();
    const { sha256 } = await store.put(workspaceId, randomBytes(100));
    const copy = await store.localFile({ workspaceId, sha256 });
    expect(await readdir(folder)).toHaveLength(1);
    await copy.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('hands out no copy of bytes that have another hash', async () => {
    const ref = { workspaceId: randomUUID(), sha256: 'ab'.repeat(32) };
    const bucket = new S3Bucket(settings);
    await bucket.put(blobKey(ref), { sizeBytes: 5, open: () => Buffer.from('wrong') });
    await expect(store.localFile(ref)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(await readdir(folder)).toEqual([]);
    await bucket.remove(blobKey(ref));
    bucket.close();
  });

  it('lists more blobs than fit on a page', async () => {
    const workspaceId = randomUUID();
    const bucket = new S3Bucket(settings);
    const shas = Array.from({ length: 1_050 }, (_, i) => createHash('sha256').update(`${i}`).digest('hex'));
    for (let start = 0; start < shas.length; start += 50) {
      const page = shas.slice(start, start + 50);
      await Promise.all(page.map((sha256) => bucket.put(blobKey({ workspaceId, sha256 }), { sizeBytes: 0, open: () => Buffer.alloc(0) })));
    }
    const found = (await everythingIn(store)).filter((blob) => blob.workspaceId === workspaceId);
    expect(found.map(({ sha256 }) => sha256)).toEqual(shas.sort());
    bucket.close();
  }, 60_000);

  it('lets a put wait until no removal of the same bytes is under way', async () => {
    const bytes = randomBytes(50);
    const ref = { workspaceId: randomUUID(), sha256: createHash('sha256').update(bytes).digest('hex') };
    const marker = `removing/${blobKey(ref)}/${randomUUID()}`;
    const bucket = new S3Bucket(settings);
    await bucket.put(marker, { sizeBytes: 0, open: () => Buffer.alloc(0) });
    let isStored = false;
    const stored = store.put(ref.workspaceId, bytes).then(() => {
      isStored = true;
    });
    while (!(await store.exists(ref))) await delay(10);
    await bucket.remove(blobKey(ref)); // what the removal does to a blob that it found old
    expect(isStored).toBe(false);
    await bucket.remove(marker);
    await stored;
    expect(await store.exists(ref)).toBe(true);
    bucket.close();
  });

  it('sweeps the marker of a removal that died', async () => {
    const bucket = new S3Bucket(settings);
    await bucket.put(`removing/${randomUUID()}`, { sizeBytes: 0, open: () => Buffer.alloc(0) });
    expect(await store.sweepParts(new Date(Date.now() - hour))).toBe(0);
    expect(await store.sweepParts(new Date(Date.now() + hour))).toBe(1);
    bucket.close();
  });

  it('takes the credentials of its surroundings where it is given no key, and refuses to work without any', async () => {
    const { accessKeyId: _, secretAccessKey: __, ...keyless } = settings;
    const known = { ...process.env };
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_EC2_METADATA_DISABLED: 'true' });
    const byRole = new S3Bucket(keyless);
    await expect(byRole.ping()).resolves.toBeUndefined();
    byRole.close();
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) delete process.env[name];
    const nobody = new S3Bucket(keyless);
    await expect(nobody.ping()).rejects.toMatchObject({ code: 'STORAGE_REFUSED' });
    nobody.close();
    process.env = known;
  });

  it.each([
    ['the bucket is missing', 'STORAGE_REFUSED', () => ({ ...settings, bucket: 'no-such-bucket' })],
    ['nobody listens', 'STORAGE_UNAVAILABLE', () => ({ ...settings, endpoint: 'http://127.0.0.1:1' })],
  ])('is unavailable when %s, and its ping is %s', async (_name, pinged, wrong) => {
    const away = openBlobStore({ folder, s3: wrong() });
    const unavailable = { code: 'STORAGE_UNAVAILABLE' };
    await expect(away.ping()).rejects.toMatchObject({ code: pinged });
    await expect(away.put(randomUUID(), randomBytes(10))).rejects.toMatchObject(unavailable);
    await expect(away.read({ workspaceId: randomUUID(), sha256: 'ab'.repeat(32) })).rejects.toMatchObject(unavailable);
    await away.close();
  });

  describe('behind a service that fails', () => {
    it.each([
      ['small', 1_000],
      ['large', 2_000_000],
    ])('tries a %s put again', async (_name, sizeBytes) => {
      const flaky = await serverThat((count) => (count < 3 ? 503 : 200), sizeBytes);
      await expect(flaky.store.put(randomUUID(), randomBytes(sizeBytes))).resolves.toMatchObject({ sizeBytes });
      expect(flaky.puts()).toBe(3);
      await flaky.stop();
    });

    it('does not try again what was refused', async () => {
      const closed = await serverThat(() => 403, 1_000);
      await expect(closed.store.put(randomUUID(), randomBytes(1_000))).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      expect(closed.puts()).toBe(1);
      await closed.stop();
    });

    it('fails a read that is cut short, and never gives a shorter file', async () => {
      const ref = { workspaceId: randomUUID(), sha256: 'cd'.repeat(32) };
      const cut = await serverThat(
        () => 200,
        1_000,
        (response) => {
          response.writeHead(200, { 'content-length': '1000' }).write(randomBytes(400), () => response.destroy());
        },
      );
      await expect(buffer(await cut.store.read(ref))).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      await expect(cut.store.localFile(ref)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      expect(await readdir(folder)).toEqual([]);
      await cut.stop();
    });

    it('says that it is full', async () => {
      const full = await serverThat(() => 507, 1_000);
      await expect(full.store.put(randomUUID(), randomBytes(1_000))).rejects.toMatchObject({ code: 'STORAGE_FULL' });
      await full.stop();
    });
  });
});

const noMarkers = (response: ServerResponse): void => {
  response.end('<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>');
};

/** An S3 that answers the n-th PUT with a status, has no markers, and says that each object is there. */
async function serverThat(statusOfPut: (count: number) => number, sizeBytes: number, answerGet = noMarkers) {
  let puts = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.method === 'PUT') response.statusCode = statusOfPut(++puts);
      if (request.method === 'HEAD') response.setHeader('content-length', sizeBytes).setHeader('last-modified', new Date().toUTCString());
      if (request.method === 'GET') answerGet(response);
      else response.end();
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address && typeof address === 'object' ? address.port : 0);
    });
  });
  const flaky = new S3BlobStore({ ...settings, endpoint: `http://127.0.0.1:${port}`, spoolFolder: folder });
  const stop = async () => {
    await flaky.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { store: flaky, puts: () => puts, stop };
}
