import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Spool } from '@earshot/features';

/** Values that a spool keeps in memory before it goes on in a file: 4 MB, 47 s at 22,050 Hz. A call may have four of them. */
const valuesInMemory = 1_048_576;

/** Numbers that are written once and read again: the first of them in memory, the others in a file of the working folder. */
export class ClipSpool implements Spool {
  length = 0;
  private memory = new Float32Array(65_536);
  private file: number | undefined;

  constructor(private readonly workingFolder: () => string) {}

  append(block: Float32Array): void {
    const room = valuesInMemory - this.length;
    if (block.length > room) {
      if (room > 0) this.append(block.subarray(0, room));
      this.appendToFile(room > 0 ? block.subarray(room) : block);
      return;
    }
    if (this.length + block.length > this.memory.length) {
      // At once to the whole size: pages that are never written take no memory, and every doubling would leave its half behind.
      const larger = new Float32Array(valuesInMemory);
      larger.set(this.memory.subarray(0, this.length));
      this.memory = larger;
    }
    this.memory.set(block, this.length);
    this.length += block.length;
  }

  read(start: number, target: Float32Array): void {
    const inMemory = Math.max(0, Math.min(target.length, valuesInMemory - start));
    if (inMemory > 0) target.set(this.memory.subarray(start, start + inMemory));
    if (inMemory < target.length) this.readFromFile(start + inMemory - valuesInMemory, target.subarray(inMemory));
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
    this.memory = new Float32Array(0);
    this.length = 0;
  }

  private appendToFile(block: Float32Array): void {
    this.file ??= openSync(join(this.workingFolder(), `spool-${++spoolCount}`), 'wx+');
    const bytes = asBytes(block);
    for (let written = 0; written < bytes.length; ) written += writeSync(this.file, bytes, written);
    this.length += block.length;
  }

  private readFromFile(start: number, target: Float32Array): void {
    if (this.file === undefined) throw new RangeError(`The spool has ${this.length} values, more were asked for`);
    const bytes = asBytes(target);
    for (let read = 0; read < bytes.length; ) {
      const count = readSync(this.file, bytes, read, bytes.length - read, start * 4 + read);
      if (count === 0) throw new RangeError(`The spool has ${this.length} values, more were asked for`);
      read += count;
    }
  }
}

let spoolCount = 0;

function asBytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
