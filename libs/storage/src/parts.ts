import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fsync, openSync, writeFileSync } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { StoredBlob } from './blob-store.js';
import { syncFolder } from './durable-folders.js';
import { FreeSpace, freeBytesOf } from './free-space.js';
import { onDisk, unlessMissing } from './storage-error.js';

const flush = promisify(fsync);

/** A finished, durable file that is not a blob yet. Whoever asked for it renames or removes it. */
export interface Part extends StoredBlob {
  path: string;
}

/** Who works for the service under another account reads a blob by a second name; the folders of blobs keep everybody else out. */
const mode = 0o644;

/** The folder where bodies lie until they are whole. Nothing in it is ever read as a blob. */
export class Parts {
  readonly #space: FreeSpace;
  #ready: Promise<void> | null = null;

  constructor(
    readonly folder: string,
    freeBytes: () => Promise<number> = () => freeBytesOf(folder),
  ) {
    this.#space = new FreeSpace(freeBytes);
  }

  /** Makes the folder, once. */
  ready(): Promise<void> {
    this.#ready ??= this.#make();
    return this.#ready;
  }

  /**
   * Writes all at once. Only the flush goes through the thread pool: to make the file, to copy bytes into the system's cache and to
   * close take less time than a trip there and back.
   */
  async writeSmall(bytes: Uint8Array): Promise<string> {
    const path = await this.#newPath(bytes.length);
    try {
      await onDisk('writing a part', async () => {
        const file = openSync(path, 'wx', mode);
        try {
          writeFileSync(file, bytes);
          await flush(file);
        } finally {
          closeSync(file);
        }
      });
      return path;
    } catch (error) {
      await this.discard(path);
      throw error;
    }
  }

  /** Writes the chunks as they come, hashing on the way. When they fail, or the disk does, nothing stays. */
  async writeStream(chunks: AsyncIterable<Uint8Array>): Promise<Part> {
    const path = await this.#newPath(0);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    try {
      const file = await onDisk('opening a part', () => open(path, 'wx', mode));
      try {
        for await (const chunk of chunks) {
          await this.#space.claim(chunk.length);
          hash.update(chunk);
          sizeBytes += chunk.length;
          await onDisk('writing a part', () => file.writeFile(chunk));
        }
        await onDisk('flushing a part', () => file.sync());
      } finally {
        await file.close();
      }
    } catch (error) {
      await this.discard(path);
      throw error;
    }
    return { path, sha256: hash.digest('hex'), sizeBytes };
  }

  /** Throws STORAGE_FULL when nothing more would be taken. */
  async checkRoom(): Promise<void> {
    await this.ready();
    await this.#space.claim(0);
  }

  /** Removes a part; what cannot be removed now is left to the sweep. */
  async discard(path: string): Promise<void> {
    await rm(path, { force: true }).catch(() => undefined);
  }

  /** Removes parts that were last written before the moment. */
  async sweep(olderThan: Date): Promise<number> {
    let removed = 0;
    for (const name of await this.names('.part')) {
      const path = join(this.folder, name);
      const found = await unlessMissing('looking at a part', () => stat(path));
      if (!found || found.mtime >= olderThan) continue;
      await onDisk('removing a part', () => rm(path, { force: true }));
      removed++;
    }
    return removed;
  }

  async names(extension: string): Promise<string[]> {
    await this.ready();
    const names = await onDisk('listing parts', () => readdir(this.folder));
    return names.filter((name) => name.endsWith(extension));
  }

  async #newPath(sizeBytes: number): Promise<string> {
    await this.ready();
    await this.#space.claim(sizeBytes);
    return join(this.folder, `${randomUUID()}.part`);
  }

  async #make(): Promise<void> {
    try {
      const firstMade = await onDisk('making the folder for parts', () => mkdir(this.folder, { recursive: true, mode: 0o700 }));
      if (firstMade !== undefined) await syncFolder(dirname(firstMade));
    } catch (error) {
      this.#ready = null;
      throw error;
    }
  }
}
