/** Samples between two stages: written at the end, read and dropped at the beginning, in one buffer that is used again and again. */
export class SampleQueue {
  private samples = new Float32Array(4096);
  private begin = 0;
  private end = 0;

  constructor(leadingZeros = 0) {
    this.extend(leadingZeros).fill(0);
  }

  get length(): number {
    return this.end - this.begin;
  }

  /** All of them; valid until the next change. */
  view(): Float32Array {
    return this.samples.subarray(this.begin, this.end);
  }

  append(samples: Float32Array): void {
    this.extend(samples.length).set(samples);
  }

  /** Room for `count` more, for the caller to fill. */
  extend(count: number): Float32Array {
    if (this.end + count > this.samples.length) this.makeRoom(count);
    this.end += count;
    return this.samples.subarray(this.end - count, this.end);
  }

  drop(count: number): void {
    this.begin += count;
  }

  clear(): void {
    this.begin = 0;
    this.end = 0;
  }

  private makeRoom(count: number): void {
    const old = this.samples;
    const { begin, end, length } = this;
    if (2 * (length + count) > old.length) this.samples = new Float32Array(2 * (length + count));
    this.samples.set(old.subarray(begin, end));
    this.begin = 0;
    this.end = length;
  }
}
