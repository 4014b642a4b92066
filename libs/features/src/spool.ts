/**
 * Numbers that one pass writes and later passes read again: in memory for short clips, in a temporary file for long ones. Whoever
 * extracts gives the spools, because this library does no I/O.
 */
export interface Spool {
  readonly length: number;
  append(block: Float32Array): void;
  /** Fills `target` with the values from `start` on; all of them exist. It may lie in the kernels' memory: `read` runs no kernels. */
  read(start: number, target: Float32Array): void;
  /** Gives the memory or the file back. */
  close(): void;
}

const firstValues = 4096;
const sparedValues = 1 << 20;
/** The last closed spool's memory, for the next one: freeing a megabyte a clip keeps the garbage collector busy. */
let spare: Float32Array | undefined;

/** The spool of short clips: it grows by doubling. */
export class MemorySpool implements Spool {
  private values: Float32Array;
  length = 0;

  constructor() {
    this.values = spare ?? new Float32Array(firstValues);
    spare = undefined;
  }

  append(block: Float32Array): void {
    if (this.length + block.length > this.values.length) {
      const larger = new Float32Array(Math.max(2 * this.values.length, this.length + block.length));
      larger.set(this.values.subarray(0, this.length));
      this.values = larger;
    }
    this.values.set(block, this.length);
    this.length += block.length;
  }

  read(start: number, target: Float32Array): void {
    target.set(this.values.subarray(start, start + target.length));
  }

  close(): void {
    const { length } = this.values;
    if (length > (spare?.length ?? 0) && length <= sparedValues) spare = this.values;
    this.values = new Float32Array(0);
    this.length = 0;
  }
}
