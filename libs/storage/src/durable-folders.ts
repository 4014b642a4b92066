// A new name is durable only when the folder that holds it was flushed, and that folder's own name likewise, up to the root.
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onDisk } from './storage-error.js';

const rememberedFolders = 100_000; // 256 for each workspace

/** Makes folders under a root durably, each once in the life of the process. */
export class DurableFolders {
  readonly #made = new Map<string, Promise<void>>();

  constructor(private readonly root: string) {}

  /** `folder` is relative to the root. */
  make(folder: string): Promise<void> {
    const known = this.#made.get(folder);
    if (known) return known;
    if (this.#made.size >= rememberedFolders) this.#made.clear();
    const made = this.#makeUpTo(folder);
    this.#made.set(folder, made);
    made.catch(() => this.forget(folder));
    return made;
  }

  /** For a folder that somebody removed. */
  forget(folder: string): void {
    this.#made.delete(folder);
  }

  async #makeUpTo(folder: string): Promise<void> {
    await onDisk('making a folder', () => mkdir(join(this.root, folder), { recursive: true, mode: 0o700 }));
    for (let child = folder; child !== '.'; child = dirname(child)) await syncFolder(join(this.root, dirname(child)));
  }
}

/** Flushes the names in a folder. Windows cannot, and has no need to: its renames are journaled with the file. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await onDisk('flushing a folder', async () => {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  });
}
