// What every blob store promises; folder-store.spec.ts and s3-store.spec.ts run it.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { BlobRef, BlobStore, ListedBlob } from './blob-store.js';

export interface StoreUnderTest {
  store: BlobStore;
  /** Lets the blobs grow old; returns a moment after their last put and before any later one. */
  growOld(refs: BlobRef[]): Promise<Date>;
  /** Races between a put and removals to run. */
  races: number;
}

const mebibyte = 1024 * 1024;
const soon = () => new Date(Date.now() + 3_600_000);
const anHourAgo = () => new Date(Date.now() - 3_600_000);

export function itKeepsBlobs(underTest: () => StoreUnderTest): void {
  const store = () => underTest().store;
  let workspaceId: string;
  beforeEach(() => {
    workspaceId = randomUUID();
  });
  const refOf = (bytes: Uint8Array): BlobRef => ({ workspaceId, sha256: sha256(bytes) });
  const bytesOf = async (ref: BlobRef, range?: { start: number; end: number }) => buffer(await store().read(ref, range));
  const listed = async () => (await everythingIn(store())).filter((blob) => blob.workspaceId === workspaceId);

  describe('put and read', () => {
    it.each([
      ['nothing', 0],
      ['one byte', 1],
      ['a small clip', 44_100],
      ['a body just small enough to be sent at once', mebibyte],
      ['a large body', 3 * mebibyte + 7],
    ])('gives back %s, put whole', async (_name, sizeBytes) => {
      const bytes = randomBytes(sizeBytes);
      expect(await store().put(workspaceId, bytes)).toEqual({ sha256: sha256(bytes), sizeBytes });
      expect(same(await bytesOf(refOf(bytes)), bytes)).toBe(true);
    });

    it.each([
      ['nothing', 0],
      ['a small clip', 44_100],
      ['a large body', 3 * mebibyte + 7],
    ])('gives back %s, put as a stream', async (_name, sizeBytes) => {
      const bytes = randomBytes(sizeBytes);
      expect(await store().put(workspaceId, streamOf(bytes))).toEqual({ sha256: sha256(bytes), sizeBytes });
      expect(same(await bytesOf(refOf(bytes)), bytes)).toBe(true);
    });

    it('keeps one blob of the same bytes, put many times at once', async () => {
      const small = randomBytes(5_000);
      const large = randomBytes(mebibyte + 1);
      await Promise.all(Array.from({ length: 12 }, (_, i) => store().put(workspaceId, i % 2 ? small : streamOf(large))));
      expect((await listed()).map((blob) => blob.sizeBytes).sort()).toEqual([mebibyte + 1, 5_000]);
      expect(same(await bytesOf(refOf(large)), large)).toBe(true);
    });

    it('keeps the workspaces apart', async () => {
      const bytes = randomBytes(100);
      await store().put(workspaceId, bytes);
      expect(await store().exists({ workspaceId: randomUUID(), sha256: sha256(bytes) })).toBe(false);
      expect(await store().exists(refOf(bytes))).toBe(true);
    });

    it('reads a range, whose end may lie past the end', async () => {
      const bytes = randomBytes(1_000);
      await store().put(workspaceId, bytes);
      expect(await bytesOf(refOf(bytes), { start: 0, end: 0 })).toEqual(bytes.subarray(0, 1));
      expect(await bytesOf(refOf(bytes), { start: 10, end: 19 })).toEqual(bytes.subarray(10, 20));
      expect(await bytesOf(refOf(bytes), { start: 990, end: 5_000 })).toEqual(bytes.subarray(990));
    });

    it.each([
      [1_000, 1_010],
      [-1, 10],
      [20, 10],
    ])('refuses the range %d-%d of 1000 bytes', async (start, end) => {
      const bytes = randomBytes(1_000);
      await store().put(workspaceId, bytes);
      await expect(store().read(refOf(bytes), { start, end })).rejects.toMatchObject({ code: 'RANGE_NOT_SATISFIABLE' });
    });

    it('hands out a real file', async () => {
      const bytes = randomBytes(2_000);
      await store().put(workspaceId, bytes);
      const file = await store().localFile(refOf(bytes));
      expect(await readFile(file.path)).toEqual(bytes);
      expect((await stat(dirname(file.path))).mode & 0o077).toBe(0); // nobody else gets there
      await file.release();
      expect(await store().exists(refOf(bytes))).toBe(true);
    });

    it('names the hash of a blob that is missing, as our own trouble', async () => {
      await store().put(workspaceId, randomBytes(10));
      const missing = refOf(randomBytes(10));
      const expected = { code: 'BLOB_LOST', detail: expect.stringContaining(missing.sha256) };
      await expect(store().read(missing)).rejects.toMatchObject(expected);
      await expect(store().localFile(missing)).rejects.toMatchObject(expected);
      expect(await store().exists(missing)).toBe(false);
    });

    it.each(['../../etc', 'A'.repeat(36), '', '00000000-0000-0000-0000-00000000000/'])('takes no path for a workspace: %j', async (bad) => {
      await expect(store().put(bad, randomBytes(1))).rejects.toMatchObject({ code: 'INTERNAL' });
      await expect(store().read({ workspaceId: bad, sha256: sha256(Buffer.alloc(0)) })).rejects.toMatchObject({ code: 'INTERNAL' });
    });

    it.each(['../../../etc/passwd', 'f'.repeat(63), 'F'.repeat(64)])('takes no path for a hash: %j', async (bad) => {
      await expect(store().read({ workspaceId, sha256: bad })).rejects.toMatchObject({ code: 'INTERNAL' });
    });
  });

  describe('a put that does not end well', () => {
    it.each([
      ['small', 1_000, 999],
      ['large', 3 * mebibyte, 2 * mebibyte],
    ])('refuses a %s body of more than maxBytes and keeps nothing', async (_name, sizeBytes, maxBytes) => {
      const bytes = randomBytes(sizeBytes);
      const expected = { code: 'FILE_TOO_LARGE', members: { limit: maxBytes } };
      await expect(store().put(workspaceId, bytes, { maxBytes })).rejects.toMatchObject(expected);
      await expect(store().put(workspaceId, streamOf(bytes), { maxBytes })).rejects.toMatchObject(expected);
      await keepsNothing();
    });

    it('takes a body of exactly maxBytes', async () => {
      await expect(store().put(workspaceId, streamOf(randomBytes(1_000)), { maxBytes: 1_000 })).resolves.toBeDefined();
    });

    it.each([10_000, 2 * mebibyte])('keeps nothing of a stream that breaks after %d bytes, and passes its error on', async (sizeBytes) => {
      const broken = new Error('the connection broke');
      await expect(store().put(workspaceId, streamOf(randomBytes(sizeBytes), broken))).rejects.toBe(broken);
      await keepsNothing();
    });

    it.each([10_000, 2 * mebibyte])('keeps nothing of a stream that is aborted while it hangs after %d bytes', async (sizeBytes) => {
      const abort = new AbortController();
      const hanging = streamOf(randomBytes(sizeBytes), new Promise<never>(() => undefined), () => abort.abort(new Error('gone')));
      await expect(store().put(workspaceId, hanging, { signal: abort.signal })).rejects.toThrow('gone');
      await keepsNothing();
    });

    const keepsNothing = async () => {
      expect(await listed()).toEqual([]);
      expect(await store().sweepParts(soon())).toBe(0);
    };
  });

  describe('list', () => {
    it('names every blob with its size and the time of its last put', async () => {
      const all = await Promise.all([10, 20, 30].map(async (sizeBytes) => store().put(workspaceId, randomBytes(sizeBytes))));
      const found = await listed();
      expect(found.map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes })).sort(bySize)).toEqual(all.sort(bySize));
      for (const { touchedAt } of found) expect(Math.abs(touchedAt.getTime() - Date.now())).toBeLessThan(60_000);
    });
  });

  describe('remove', () => {
    it('removes a blob that was not put since', async () => {
      const bytes = randomBytes(300);
      await store().put(workspaceId, bytes);
      expect(await store().remove(refOf(bytes), { untouchedSince: soon() })).toBe(true);
      expect(await store().exists(refOf(bytes))).toBe(false);
      expect(await store().remove(refOf(bytes), { untouchedSince: soon() })).toBe(false);
      expect(await listed()).toEqual([]);
    });

    it('keeps a blob that was put since', async () => {
      const bytes = randomBytes(300);
      await store().put(workspaceId, bytes);
      expect(await store().remove(refOf(bytes), { untouchedSince: anHourAgo() })).toBe(false);
      expect(await bytesOf(refOf(bytes))).toEqual(bytes);
    });

    it('keeps an old blob whose bytes were put again', async () => {
      const bytes = randomBytes(300);
      await store().put(workspaceId, bytes);
      const untouchedSince = await underTest().growOld([refOf(bytes)]);
      await store().put(workspaceId, bytes);
      expect(await store().remove(refOf(bytes), { untouchedSince })).toBe(false);
    }, 30_000);

    it('never takes away what a put at the same moment acknowledged', async () => {
      const bodies = Array.from({ length: underTest().races }, (_, i) => randomBytes(200 + i));
      await Promise.all(bodies.map((bytes) => store().put(workspaceId, bytes)));
      const untouchedSince = await underTest().growOld(bodies.map(refOf));
      const outcomes = { removed: 0, kept: 0 };
      // The puts start at any time in `spreadMs`. It follows how long a removal takes, so that neither side always comes first.
      let spreadMs = 8;
      for (let start = 0; start < bodies.length; start += 8) {
        const batch = bodies.slice(start, start + 8);
        const removed = await Promise.all(batch.map((bytes, lane) => race(bytes, untouchedSince, (lane / 8) * spreadMs)));
        const count = removed.filter(Boolean).length;
        outcomes.removed += count;
        outcomes.kept += batch.length - count;
        spreadMs *= count < batch.length / 2 ? 2 : 0.5;
      }
      expect(outcomes.removed).toBeGreaterThan(0); // else nothing raced
      expect(outcomes.kept).toBeGreaterThan(0);
    }, 60_000);

    /** Whether a removal came first. */
    const race = async (bytes: Buffer, untouchedSince: Date, waitMs: number): Promise<boolean> => {
      const removal = (wait: number) => delay(wait).then(() => store().remove(refOf(bytes), { untouchedSince }));
      const put = delay(waitMs).then(async () => {
        await store().put(workspaceId, bytes);
        expect(await bytesOf(refOf(bytes))).toEqual(bytes); // at once, and not only when the removals are over
      });
      const [first, second] = await Promise.all([removal(0), removal(waitMs / 2), put]);
      expect(await bytesOf(refOf(bytes))).toEqual(bytes);
      expect(await store().remove(refOf(bytes), { untouchedSince })).toBe(false);
      return first || second;
    };
  });

  it('answers a ping', () => expect(store().ping()).resolves.toBeUndefined());
}

export async function everythingIn(store: BlobStore): Promise<ListedBlob[]> {
  const blobs: ListedBlob[] = [];
  for await (const blob of store.list()) blobs.push(blob);
  return blobs;
}

const bySize = (a: { sizeBytes: number }, b: { sizeBytes: number }) => a.sizeBytes - b.sizeBytes;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Jest's own comparison of megabytes takes seconds. */
const same = (a: Buffer, b: Buffer) => a.equals(b);

/** Chunks as a socket gives them; then it ends, throws, or hangs. */
async function* streamOf(bytes: Uint8Array, end?: Error | Promise<never>, beforeEnd = () => {}): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
  if (end instanceof Error) throw end;
  setTimeout(beforeEnd, 20);
  await end;
}
