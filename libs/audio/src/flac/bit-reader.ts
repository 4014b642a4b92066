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

  /** Rice codes with parameter k: quotient in unary, k bits of remainder, the sign in the last bit. */
  rice(out: Int32Array, start: number, end: number, k: number): void {
    const { bytes } = this;
    const fastEndBit = (bytes.length - 5) * 8;
    const remainderShift = 32 - k;
    let position = this.position;
    for (let i = start; i < end; i++) {
      let value: number;
      const at = position >>> 3;
      const shift = position & 7;
      const isInside = position < fastEndBit;
      const window = isInside
        ? (((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) << shift) |
          (bytes[at + 4]! >> (8 - shift))
        : 0;
      const quotient = Math.clz32(window);
      if (quotient + 1 + k < 32 && isInside) {
        // Two shifts: by 32 JavaScript shifts not at all, and k may be 0.
        value = (quotient << k) | (((window << (quotient + 1)) >>> 1) >>> (remainderShift - 1));
        position += quotient + 1 + k;
      } else {
        this.position = position;
        value = this.unary() * 2 ** k + this.unsigned(k);
        position = this.position;
        if (this.isPastEnd) return;
      }
      out[i] = (value >>> 1) ^ -(value & 1);
    }
    this.position = position;
  }
}
