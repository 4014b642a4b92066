import { statfs } from 'node:fs/promises';
import { EarshotError } from '@earshot/contracts';
import { onDisk } from './storage-error.js';

/** What a disk keeps free for the database's journal and logs that may share it. */
const headroomBytes = 64 * 1024 * 1024;
const rereadAfterMs = 1_000;

/** Refuses with STORAGE_FULL before a disk is full. The system is asked once a second; in between, what was claimed is counted down. */
export class FreeSpace {
  #free: Promise<number> | null = null;
  #readAtMs = 0;
  #claimedBytes = 0;

  constructor(private readonly freeBytes: () => Promise<number>) {}

  async claim(sizeBytes: number): Promise<void> {
    const free = await onDisk('asking for the free space', () => this.#current());
    if (free - this.#claimedBytes - sizeBytes < headroomBytes) {
      throw new EarshotError('STORAGE_FULL', `${sizeBytes} bytes do not fit: ${free} are free, of which ${headroomBytes} stay free`);
    }
    this.#claimedBytes += sizeBytes;
  }

  #current(): Promise<number> {
    const now = performance.now();
    if (this.#free === null || now - this.#readAtMs > rereadAfterMs) {
      this.#readAtMs = now;
      this.#claimedBytes = 0;
      this.#free = this.freeBytes();
      this.#free.catch(() => {
        this.#free = null;
      });
    }
    return this.#free;
  }
}

/** The bytes that this user may still write where the folder lies. */
export async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
