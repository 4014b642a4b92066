import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { blobKey } from './blob-key.js';
import { everythingIn, itKeepsBlobs } from './blob-store.conformance.js';
import type { BlobRef } from './blob-store.js';
import { FolderBlobStore } from './folder-store.js';

const itAsRoot = process.getuid?.() === 0 ? it : it.skip;
const hour = 3_600_000;
const gigabyte = 1e9;
const workspaceId = randomUUID();
let folder: string;
let store: FolderBlobStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-blobs-'));
  store = new FolderBlobStore({ folder });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the blob folder', () => {
  itKeepsBlobs(() => ({
    store,
    races: 400,
    growOld: async (refs) => {
      await Promise.all(refs.map((ref) => makeOld(ref)));
      return new Date(Date.now() - hour / 2);
    },
  }));

  it('is for its own user only', async () => {
    const ref = await put(randomBytes(10));
    const modes = await Promise.all(['', 'parts', ref.workspaceId, dirname(blobKey(ref))].map((path) => stat(join(folder, path))));
    expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['700', '700', '700', '700']);
  });

  itAsRoot('can be read by no other account', async () => {
    const path = join(folder, blobKey(await put(randomBytes(10))));
    const read = (uid: number) => spawnSync('cat', [path], { uid, gid: uid }).status;
    expect([read(0), read(65_534)]).toEqual([0, 1]);
  });

  it('does not write stored bytes again', async () => {
    const bytes = randomBytes(1_000);
    const ref = await put(bytes);
    const { ino } = await stat(pathOf(ref));
    await makeOld(ref);
    await put(bytes);
    const after = await stat(pathOf(ref));
    expect(after.ino).toBe(ino);
    expect(Date.now() - after.mtimeMs).toBeLessThan(hour / 2);
  });

  it('writes a blob anew that a power cut cut short', async () => {
    const bytes = randomBytes(1_000);
    const ref = await put(bytes);
    await writeFile(pathOf(ref), bytes.subarray(0, 10));
    await put(bytes);
    expect(await buffer(await store.read(ref))).toEqual(bytes);
  });

  it('goes on after somebody removed the folder of a workspace', async () => {
    await put(Buffer.from('before'));
    await rm(join(folder, workspaceId), { recursive: true });
    const ref = await put(Buffer.from('before'));
    expect(await store.exists(ref)).toBe(true);
  });

  it('takes a workspace without a folder for a disk that is away, not for lost blobs', async () => {
    const ref = await put(Buffer.from('on another disk'));
    await rm(join(folder, workspaceId), { recursive: true });
    await expect(store.localFile(ref)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await expect(store.read(ref)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });

  it('lists and serves nothing of a put that never ended, and sweeps it when it is old enough', async () => {
    let stop = () => {};
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const unfinished = store.put(workspaceId, endless(stopped));
    await waitUntil(async () => (await readdir(join(folder, 'parts')).catch(() => [])).length === 1);
    const afterTheCrash = new FolderBlobStore({ folder });
    expect(await everythingIn(afterTheCrash)).toEqual([]);
    expect(await afterTheCrash.sweepParts(new Date(Date.now() - hour))).toBe(0);
    expect(await afterTheCrash.sweepParts(new Date(Date.now() + hour))).toBe(1);
    expect(await readdir(join(folder, 'parts'))).toEqual([]);
    stop();
    await expect(unfinished).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' }); // its part was swept away under it
  });

  it('puts a blob back whose removal died half-way', async () => {
    const ref = await put(Buffer.from('half removed'));
    await rename(pathOf(ref), join(folder, 'parts', `${blobKey(ref).replaceAll('/', '~')}~${randomUUID()}.aside`));
    expect(await store.exists(ref)).toBe(false);
    expect(await store.sweepParts(new Date(Date.now() + hour))).toBe(1);
    expect((await buffer(await store.read(ref))).toString()).toBe('half removed');
  });

  describe('on a disk that is nearly full', () => {
    it.each([
      ['a small body', () => randomBytes(100_000)],
      ['a large body', () => randomBytes(3_000_000)],
    ])('refuses %s that would leave less than 64 MB, and keeps nothing', async (_name, body) => {
      const full = new FolderBlobStore({ folder, freeBytes: async () => 64 * 1024 * 1024 + 90_000 });
      await expect(full.put(workspaceId, body())).rejects.toMatchObject({ code: 'STORAGE_FULL' });
      expect(await everythingIn(full)).toEqual([]);
      expect(await full.sweepParts(new Date(Date.now() + hour))).toBe(0);
    });

    it('asks for the free space once a second and counts down in between', async () => {
      let asked = 0;
      const freeBytes = async () => {
        asked++;
        return 64 * 1024 * 1024 + 2_500;
      };
      const nearlyFull = new FolderBlobStore({ folder, freeBytes });
      await nearlyFull.put(workspaceId, randomBytes(1_000));
      await nearlyFull.put(workspaceId, randomBytes(1_000));
      await expect(nearlyFull.put(workspaceId, randomBytes(1_000))).rejects.toMatchObject({ code: 'STORAGE_FULL' });
      expect(asked).toBe(1);
    });

    it.each([
      ['ENOSPC', 'STORAGE_FULL'],
      ['EDQUOT', 'STORAGE_FULL'],
      ['EIO', 'STORAGE_UNAVAILABLE'],
    ])('answers %s of the system with %s', async (code, expected) => {
      const failing = new FolderBlobStore({ folder, freeBytes: () => Promise.reject(systemError(code)) });
      await expect(failing.put(workspaceId, randomBytes(10))).rejects.toMatchObject({ code: expected });
      const recovered = new FolderBlobStore({ folder, freeBytes: async () => gigabyte });
      await expect(recovered.put(workspaceId, randomBytes(10))).resolves.toBeDefined();
    });
  });

  it('says in its ping that its disk is full', async () => {
    await expect(new FolderBlobStore({ folder, freeBytes: async () => 63 * 1024 * 1024 }).ping()).rejects.toMatchObject({
      code: 'STORAGE_FULL',
    });
  });

  it('fails its ping when its folder cannot be made', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(new FolderBlobStore({ folder: join(folder, 'file', 'blobs') }).ping()).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
    });
  });
});

const put = async (bytes: Uint8Array): Promise<BlobRef> => ({ workspaceId, sha256: (await store.put(workspaceId, bytes)).sha256 });
const pathOf = (ref: BlobRef) => join(folder, blobKey(ref));
const makeOld = (ref: BlobRef) => utimes(pathOf(ref), new Date(Date.now() - hour), new Date(Date.now() - hour));
const systemError = (code: string) => Object.assign(new Error(code), { code, syscall: 'write' });

async function* endless(stopped: Promise<void>): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < 3; i++) yield randomBytes(1_000_000);
  await stopped;
}

async function waitUntil(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}
