// Removing must not race with a put of the same bytes, in this process or another. So the file is first taken aside, where no put finds
// it, and only then its touch time is believed: a put that came before has renewed it, one that comes later writes the blob anew.
import { randomUUID } from 'node:crypto';
import { link, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { blobKey, parseBlobKey } from './blob-key.js';
import { type BlobRef, wasTouched } from './blob-store.js';
import { syncFolder } from './durable-folders.js';
import type { Parts } from './parts.js';
import { onDisk, systemCode, unlessMissing } from './storage-error.js';

const aside = '.aside';
const separator = '~';

export class FolderRemoval {
  constructor(
    private readonly root: string,
    private readonly parts: Parts,
  ) {}

  async remove(ref: BlobRef, untouchedSince: Date): Promise<boolean> {
    const key = blobKey(ref);
    const path = join(this.root, key);
    const found = await unlessMissing('looking at a blob', () => stat(path));
    if (!found || wasTouched(found.mtime, untouchedSince)) return false;
    await this.parts.ready();
    const asidePath = join(this.parts.folder, [...key.split('/'), randomUUID()].join(separator) + aside);
    const taken = await unlessMissing('taking a blob aside', async () => {
      await rename(path, asidePath);
      return await stat(asidePath);
    });
    if (!taken) return false;
    if (wasTouched(taken.mtime, untouchedSince)) {
      await this.#putBack(asidePath, path);
      return false;
    }
    await onDisk('removing a blob', () => rm(asidePath, { force: true }));
    return true;
  }

  /** Puts back what a removal took aside before its process died: it cannot be known whether the blob had been touched. */
  async restoreAbandoned(olderThan: Date): Promise<number> {
    let restored = 0;
    for (const name of await this.parts.names(aside)) {
      const asidePath = join(this.parts.folder, name);
      const ref = parseBlobKey(name.split(separator).slice(0, 3).join('/'));
      const found = await unlessMissing('looking at a blob', () => stat(asidePath));
      if (!ref || !found || found.ctime >= olderThan) continue; // a rename renews ctime
      await this.#putBack(asidePath, join(this.root, blobKey(ref)));
      restored++;
    }
    return restored;
  }

  async #putBack(asidePath: string, path: string): Promise<void> {
    await onDisk('putting a blob back', async () => {
      try {
        await link(asidePath, path); // unlike rename, it leaves a blob alone that was written anew, with its newer touch time
      } catch (error) {
        const code = systemCode(error);
        if (code === 'ENOENT') return; // another sweep was faster
        if (code !== 'EEXIST') return rename(asidePath, path); // a file system without links
      }
      await rm(asidePath, { force: true });
    });
    await syncFolder(dirname(path));
  }
}
