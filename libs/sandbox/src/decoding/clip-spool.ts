import { join } from 'node:path';
import type { Spool } from '@earshot/features';
import { PacedFile } from './paced-file.js';
import type { SpoolRoom } from './spool-room.js';

/** Values that a spool keeps in memory before it goes on in a file: 4 MB, 47 s at 22,050 Hz. */
const valuesInMemory = 1_048_576;

/** That a call may have. */
const mostSpools = 4;

/** The memory of closed spools, for the next ones: fetched anew for each clip, megabytes cost more than what is written into them. */
const spare: Float32Array<ArrayBuffer>[] = [];

/** Numbers that are written once and read again: the first of them in memory, the others in a file of the working folder. */
export class ClipSpool implements Spool {
  length = 0;
  /** At once of the whole size: pages that are never written take no memory. */
  private memory = spare.pop() ?? new Float32Array(valuesInMemory);
  private file: PacedFile | undefined;

  constructor(
    private readonly workingFolder: () => string,
    private readonly room: Pick<SpoolRoom, 'take' | 'giveBack'>,
  ) {}

  append(block: Float32Array): void {
    const room = valuesInMemory - this.length;
    if (block.length > room) {
      if (room > 0) this.append(block.subarray(0, room));
      this.appendToFile(room > 0 ? block.subarray(room) : block);
      return;
    }
    this.memory.set(block, this.length);
    this.length += block.length;
  }

  read(start: number, target: Float32Array): void {
    // What lies behind in the memory is of another clip.
    if (start + target.length > this.length) throw this.tooMuchAsked();
    const inMemory = Math.max(0, Math.min(target.length, valuesInMemory - start));
    if (inMemory > 0) target.set(this.memory.subarray(start, start + inMemory));
    if (inMemory < target.length) this.file?.read(start + inMemory - valuesInMemory, target.subarray(inMemory));
  }

  close(): void {
    if (this.file !== undefined) {
      this.file.remove();
      this.room.giveBack(4 * (this.length - valuesInMemory));
    }
    this.file = undefined;
    if (this.memory.length > 0 && spare.length < mostSpools) spare.push(this.memory);
    this.memory = new Float32Array(0);
    this.length = 0;
  }

  private appendToFile(block: Float32Array): void {
    this.room.take(block.byteLength, this.workingFolder());
    this.file ??= new PacedFile(join(this.workingFolder(), `spool-${++spoolCount}`));
    this.file.append(block);
    this.length += block.length;
  }

  private tooMuchAsked(): RangeError {
    return new RangeError(`The spool has ${this.length} values, more were asked for`);
  }
}

let spoolCount = 0;
