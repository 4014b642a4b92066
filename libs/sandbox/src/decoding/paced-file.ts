import { closeSync, constants, openSync, readSync, rmSync, writeSync } from 'node:fs';

/** Written at once: 256 kB. With four times as much others wait half as long again. */
const valuesAtOnce = 65_536;

/** Each write waits for the disk. */
const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_DSYNC;

/**
 * A file of values that waits for the disk. Left to itself the kernel takes gigabytes that it has not written, and whoever else has to
 * know something on the disk, as PostgreSQL does with each commit, waits behind all of them.
 */
export class PacedFile {
  private readonly handle: number;
  /** Values that the file has; those after it are in `last`. */
  private written = 0;
  private readonly last = new Float32Array(valuesAtOnce);
  private lastLength = 0;

  constructor(private readonly path: string) {
    this.handle = openSync(path, flags, 0o600);
  }

  append(block: Float32Array): void {
    for (let at = 0; at < block.length; ) {
      const part = block.subarray(at, at + valuesAtOnce - this.lastLength);
      this.last.set(part, this.lastLength);
      this.lastLength += part.length;
      at += part.length;
      if (this.lastLength === valuesAtOnce) this.write();
    }
  }

  /** Of what was appended. */
  read(start: number, target: Float32Array): void {
    const inFile = Math.max(0, Math.min(target.length, this.written - start));
    if (inFile > 0) this.readFromFile(start, target.subarray(0, inFile));
    if (inFile === target.length) return;
    const from = start + inFile - this.written;
    target.set(this.last.subarray(from, from + target.length - inFile), inFile);
  }

  remove(): void {
    closeSync(this.handle);
    rmSync(this.path);
  }

  private write(): void {
    const bytes = asBytes(this.last);
    for (let done = 0; done < bytes.length; ) done += writeSync(this.handle, bytes, done);
    this.written += valuesAtOnce;
    this.lastLength = 0;
  }

  private readFromFile(start: number, target: Float32Array): void {
    const bytes = asBytes(target);
    for (let read = 0; read < bytes.length; ) {
      const count = readSync(this.handle, bytes, read, bytes.length - read, start * 4 + read);
      if (count === 0) throw new RangeError(`${this.path} is shorter than what was written to it`);
      read += count;
    }
  }
}

function asBytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
