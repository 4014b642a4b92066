import { kernels } from '@earshot/kernels';

/**
 * Reads bits, most significant first. Past the end it reads zeros, and `isPastEnd` says so: the caller looks after each part, because
 * looking at each bit would cost more than reading it.
 */
export class BitReader {
  /** In bits. */
  position: number;

  constructor(
    private readonly bytes: Uint8Array,
    startByte = 0,
    /** Where the same bytes lie in the kernels' memory, eight more after them. */
    private readonly bytesAt = 0,
  ) {
    this.position = startByte * 8;
  }

  get isPastEnd(): boolean {
    return this.position > this.bytes.length * 8;
  }

  /** The next 32 bits, which stay unread. */
  peek32(): number {
    const { bytes } = this;
    const at = this.position >>> 3;
    const shift = this.position & 7;
    const high = ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    return shift === 0 ? high : (high << shift) | ((bytes[at + 4] ?? 0) >> (8 - shift));
  }

  /** 0 to 32 bits. */
  unsigned(bitCount: number): number {
    const value = bitCount === 0 ? 0 : this.peek32() >>> (32 - bitCount);
    this.position += bitCount;
    return value;
  }

  /** 0 to 32 bits in two's complement. */
  signed(bitCount: number): number {
    const value = bitCount === 0 ? 0 : this.peek32() >> (32 - bitCount);
    this.position += bitCount;
    return value;
  }

  /** How many zeros stand before the next one, which is read too. Stops at the end of the bytes. */
  unary(): number {
    let count = 0;
    while (!this.isPastEnd) {
      const zeros = Math.clz32(this.peek32());
      if (zeros < 32) {
        this.position += zeros + 1;
        return count + zeros;
      }
      this.position += 32;
      count += 32;
    }
    return count;
  }

  /** Rice codes with parameter k, by the kernels, into the `count` numbers at `out`. */
  rice(k: number, out: number, count: number): void {
    this.position = kernels().run.riceCodes(this.bytesAt, this.position, this.bytes.length * 8, k, out, count);
  }
}
