import { statfsSync, statSync } from 'node:fs';
import { EarshotError } from '@earshot/contracts';
import { decodeLimits } from './decode-limits.js';

/** No call fills a disk beyond this: others write to it, too. */
const keptFreeBytes = 512 * 2 ** 20;
/** However large a clip is. */
const mostBytes = 6 * 2 ** 30;
/** The disk is asked again after so much. */
const lookEveryBytes = 64 * 2 ** 20;

/** What one call may leave in files of its folder: as much as its clip may decode to, and no more than the disk has to give. */
export class SpoolRoom {
  private usedBytes = 0;
  /** The disk is asked before the first byte. */
  private unlookedBytes = lookEveryBytes;
  private readonly limitBytes: number;

  constructor(
    clipPath: string,
    private readonly freeBytes: (folder: string) => number = freeBytesOf,
  ) {
    this.limitBytes = Math.min(mostBytes, decodeLimits(statSync(clipPath).size).maxDecodedBytes);
  }

  /** Throws COST_TOO_HIGH when the call would have more than it may, and STORAGE_FULL when the disk would have too little left. */
  take(bytes: number, folder: string): void {
    this.usedBytes += bytes;
    if (this.usedBytes > this.limitBytes)
      throw new EarshotError(
        'COST_TOO_HIGH',
        `More than ${this.limitBytes} bytes at these rates, which is what a file of this size may take`,
        {
          members: { limit: this.limitBytes },
        },
      );
    this.unlookedBytes += bytes;
    if (this.unlookedBytes < lookEveryBytes) return;
    this.unlookedBytes = 0;
    const free = this.freeBytes(folder);
    if (free - lookEveryBytes < keptFreeBytes)
      throw new EarshotError('STORAGE_FULL', `${free} bytes are free for the sandbox, of which ${keptFreeBytes} stay free`);
  }

  /** So much of it is not there any more. */
  giveBack(bytes: number): void {
    this.usedBytes -= bytes;
  }
}

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
