import { closeSync, fstatSync, fsync, openSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { syncFolder } from './durable-folders.js';
import { onDisk } from './storage-error.js';

/** Two workspaces of 256 folders; those of further ones are opened for each flush. */
const mostOpen = 512;

const flush = promisify(fsync);

/** Flushes the names in folders and keeps these open: to open and close one each time is two more trips to the thread pool. */
export class OpenFolders {
  readonly #open = new Map<string, number>();
  readonly #replaced: number[] = [];

  async sync(path: string): Promise<void> {
    const folder = await onDisk('opening a folder', async () => this.#find(path));
    if (folder === null) await syncFolder(path);
    else await onDisk('flushing a folder', () => flush(folder));
  }

  close(): void {
    for (const folder of [...this.#open.values(), ...this.#replaced.splice(0)]) closeSync(folder);
    this.#open.clear();
  }

  #find(path: string): number | null {
    const known = this.#open.get(path);
    if (known !== undefined && isStillAt(path, known)) return known;
    if (known !== undefined)
      this.#replaced.push(known); // others may be flushing it
    else if (this.#open.size >= mostOpen || process.platform === 'win32') return null;
    const opened = openSync(path, 'r');
    this.#open.set(path, opened);
    return opened;
  }
}

/** A folder that was removed or moved away, and made anew: flushing the old one would say nothing of the new one. */
function isStillAt(path: string, folder: number): boolean {
  const [there, held] = [statSync(path, { bigint: true }), fstatSync(folder, { bigint: true })];
  return there.ino === held.ino && there.dev === held.dev;
}
