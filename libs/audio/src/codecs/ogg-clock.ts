import { joined } from '../joined.js';

const headerBytes = 27;

/** Follows the pages of an Ogg file as they pass, and knows the position (in samples) that the last one gives. */
export class OggClock {
  /** Null until a page ends a packet of sound. */
  position: number | null = null;
  private pending: Uint8Array = new Uint8Array(0);
  private bodyBytesLeft = 0;

  push(bytes: Uint8Array): void {
    let rest = this.pending.length > 0 ? joined(this.pending, bytes) : bytes;
    for (;;) {
      const skippedBytes = Math.min(this.bodyBytesLeft, rest.length);
      this.bodyBytesLeft -= skippedBytes;
      rest = rest.subarray(skippedBytes);
      const segmentCount = rest[headerBytes - 1];
      if (this.bodyBytesLeft > 0 || segmentCount === undefined || rest.length < headerBytes + segmentCount) break;
      this.readPage(rest, segmentCount);
      rest = rest.subarray(headerBytes + segmentCount);
    }
    this.pending = new Uint8Array(rest);
  }

  private readPage(page: Uint8Array, segmentCount: number): void {
    const view = new DataView(page.buffer, page.byteOffset, headerBytes);
    const [low, high] = [view.getUint32(6, true), view.getUint32(10, true)];
    const isNone = low === 0xffffffff && high === 0xffffffff;
    if (!isNone && (low > 0 || high > 0)) this.position = low + high * 2 ** 32;
    for (let i = 0; i < segmentCount; i++) this.bodyBytesLeft += page[headerBytes + i]!;
  }
}
