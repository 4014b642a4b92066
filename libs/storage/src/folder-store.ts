import { hash } from 'node:crypto';
import { accessSync, existsSync, renameSync } from 'node:fs';
import { access, constants, open, opendir, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { EarshotError } from '@earshot/contracts';
import { blobKey, checkWorkspaceId, isWorkspaceId, parseBlobKey } from './blob-key.js';
import type { BlobRef, BlobStore, ByteRange, ListedBlob, LocalFile, PutOptions, StoredBlob } from './blob-store.js';
import { readBody } from './body.js';
import { DurableFolders } from './durable-folders.js';
import { FolderRemoval } from './folder-removal.js';
import { OpenFolders } from './open-folders.js';
import { Parts } from './parts.js';
import { diskError, missingBlob, onDisk, systemCode, unlessMissing, unsatisfiable, withCodedErrors } from './storage-error.js';

export interface FolderStoreSettings {
  folder: string;
  /** Returns the free bytes of the disk. Default: asks the system. */
  freeBytes?: () => Promise<number>;
}

/**
 * Blobs as files: `<folder>/<workspaceId>/<2 digits>/<sha256>`, written under `<folder>/parts` and renamed when whole.
 * The modification time of a file is the touch time of its blob. Any number of processes may share the folder.
 */
export class FolderBlobStore implements BlobStore {
  readonly #root: string;
  readonly #parts: Parts;
  readonly #folders: DurableFolders;
  readonly #openFolders = new OpenFolders();
  readonly #removal: FolderRemoval;

  constructor({ folder, freeBytes }: FolderStoreSettings) {
    this.#root = folder;
    this.#parts = new Parts(join(folder, 'parts'), freeBytes);
    this.#folders = new DurableFolders(folder);
    this.#removal = new FolderRemoval(folder, this.#parts);
  }

  async put(workspaceId: string, bytes: Uint8Array | AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<StoredBlob> {
    checkWorkspaceId(workspaceId);
    const body = await readBody(bytes, options);
    if (body instanceof Uint8Array) {
      const blob = { sha256: hash('sha256', body, 'hex'), sizeBytes: body.length };
      const key = blobKey({ workspaceId, sha256: blob.sha256 });
      if (!(await this.#touch(key, blob))) await this.#publish(await this.#parts.writeSmall(body), key);
      return blob;
    }
    const { path, ...blob } = await this.#parts.writeStream(body);
    const key = blobKey({ workspaceId, sha256: blob.sha256 });
    if (await this.#touch(key, blob)) await this.#parts.discard(path);
    else await this.#publish(path, key);
    return blob;
  }

  async read(ref: BlobRef, range?: ByteRange): Promise<Readable> {
    const file = await this.#find(ref, (path) => open(path, 'r'));
    try {
      const { size } = await file.stat();
      if (range && !(range.start >= 0 && range.start <= range.end && range.start < size)) throw unsatisfiable(range, size);
      return withCodedErrors(file.createReadStream(range), (error) => diskError(`reading ${ref.sha256}`, error));
    } catch (error) {
      await file.close();
      throw diskError(`reading ${ref.sha256}`, error);
    }
  }

  async localFile(ref: BlobRef): Promise<LocalFile> {
    const path = this.#path(ref);
    if (!isReadable(path)) await this.#find(ref, () => access(path, constants.R_OK));
    return { path, release: async () => undefined };
  }

  async exists(ref: BlobRef): Promise<boolean> {
    return (await this.#look(ref, (path) => stat(path))) !== null;
  }

  remove(ref: BlobRef, { untouchedSince }: { untouchedSince: Date }): Promise<boolean> {
    return this.#removal.remove(ref, untouchedSince);
  }

  async *list(): AsyncIterable<ListedBlob> {
    for await (const workspaceId of namesIn(this.#root)) {
      if (!isWorkspaceId(workspaceId)) continue;
      for await (const shard of namesIn(join(this.#root, workspaceId))) {
        for await (const name of namesIn(join(this.#root, workspaceId, shard))) {
          const ref = parseBlobKey(`${workspaceId}/${shard}/${name}`);
          const found = ref && (await unlessMissing('looking at a blob', () => stat(this.#path(ref))));
          if (found) yield { ...ref, sizeBytes: found.size, touchedAt: found.mtime };
        }
      }
    }
  }

  async sweepParts(olderThan: Date): Promise<number> {
    return (await this.#parts.sweep(olderThan)) + (await this.#removal.restoreAbandoned(olderThan));
  }

  async ping(): Promise<void> {
    await this.#parts.ready();
    await onDisk('looking at the blob folder', () => access(this.#parts.folder, constants.R_OK | constants.W_OK | constants.X_OK));
    await this.#parts.checkRoom();
  }

  async close(): Promise<void> {
    this.#openFolders.close();
  }

  /** Renews the touch time of a stored blob. False: it is not there, or not whole, and must be written. */
  async #touch(key: string, { sizeBytes }: StoredBlob): Promise<boolean> {
    const path = join(this.#root, key);
    if (!existsSync(path)) return false; // nearly always: asking the thread pool, and its error, would cost 0.1 ms of processor time
    const now = new Date();
    const found = await unlessMissing('touching a blob', async () => {
      await utimes(path, now, now);
      return await stat(path); // a removal may have taken the file aside before it saw the new time: only what is still there stays
    });
    if (found?.size !== sizeBytes) return false;
    await this.#openFolders.sync(dirname(path)); // whoever wrote it may not have come to this yet
    return true;
  }

  /** The moment at which a part becomes a blob. */
  async #publish(part: string, key: string): Promise<void> {
    const folder = dirname(key);
    try {
      await this.#folders.make(folder);
      const renamed = await unlessMissing('renaming a part', async () => {
        renameSync(part, join(this.#root, key)); // in microseconds, like what `Parts.writeSmall` does in place
        return true;
      });
      if (!renamed) {
        this.#folders.forget(folder);
        await this.#folders.make(folder);
        await onDisk('renaming a part', async () => renameSync(part, join(this.#root, key)));
      }
    } catch (error) {
      await this.#parts.discard(part);
      throw error;
    }
    await this.#openFolders.sync(join(this.#root, folder));
  }

  async #find<T>(ref: BlobRef, step: (path: string) => Promise<T>): Promise<T> {
    const found = await this.#look(ref, async (path) => ({ value: await step(path) }));
    if (found !== null) return found.value;
    if (existsSync(join(this.#root, ref.workspaceId))) throw missingBlob(ref.sha256);
    throw new EarshotError('STORAGE_UNAVAILABLE', `reading ${ref.sha256}: the folder of its workspace is not there; is the disk mounted?`);
  }

  /** A removal that changes its mind puts the file back within microseconds, so a missing file is looked for twice. */
  async #look<T>(ref: BlobRef, step: (path: string) => Promise<T>): Promise<T | null> {
    const path = this.#path(ref);
    const doing = `reading ${ref.sha256}`;
    const found = await unlessMissing(doing, () => step(path));
    if (found !== null) return found;
    await delay(20);
    return unlessMissing(doing, () => step(path));
  }

  #path(ref: BlobRef): string {
    return join(this.#root, blobKey(ref));
  }
}

/** At once, in microseconds; whoever is told no asks again in the way that says why. */
function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

async function* namesIn(folder: string): AsyncGenerator<string> {
  try {
    for await (const { name } of await opendir(folder)) yield name;
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw diskError('listing blobs', error);
  }
}
